import { SettingsError } from "../../src/core/errors.ts";
import type { WantedOrder } from "./cells/date-order.ts";
import { type CsvFile, isJson, openTable, withoutColumns } from "./csv-file.ts";
import { chooseRoles, roleCandidates } from "./file-roles.ts";
import type { RoleTables } from "./find-targets.ts";
import { type ProfiledTable, profileTable, profileTables } from "./profile-table.ts";
import { openSampled } from "./sampled-table.ts";
import type { Fixed } from "./task-yaml.ts";

/** Tables beyond the three with a role that are read; the rest is only listed. */
const MOST_OTHER_TABLES = 8;
/** More columns than these that only train has are not all targets. */
const MOST_WHOLE = 20;

/** Of a table with a role, and of another, so much is read where a glance has to do. */
const GLANCE_BYTES = { role: 8 * 1024 * 1024, other: 1024 * 1024 };

/** How tables are read: to the end or at a glance, without which columns, and with dates of open order in which. */
export interface Reading {
  folder: string;
  isGlance: boolean;
  drop: readonly string[];
  dates: WantedOrder | undefined;
}

async function open(reading: Reading, path: string, kind: "role" | "other"): Promise<CsvFile> {
  const { folder, isGlance, drop } = reading;
  const file = isGlance
    ? await openSampled(folder, path, GLANCE_BYTES[kind])
    : await openTable(folder, path);
  return withoutColumns(file, drop);
}

/** Reads the tables that have a role; one that cannot be read ends the reading. */
export async function readRoles(
  reading: Reading,
  tables: readonly string[],
  fixed: Fixed,
): Promise<RoleTables> {
  const candidates: { path: string; file: CsvFile }[] = [];
  for (const path of roleCandidates(tables, fixed))
    try {
      candidates.push({ path, file: await open(reading, path, "role") });
    } catch (error) {
      // Not every file in JSON is one of records, whatever it is called.
      if (!isJson(path) || !(error instanceof SettingsError)) throw error;
    }
  const roles = chooseRoles(
    candidates.map(({ path, file: { columns } }) => ({ path, columns })),
    fixed,
  );
  const find = (path: string | null) =>
    candidates.filter((candidate) => candidate.path === path).map(({ file }) => file);
  // Train and test are understood together: a date of either says which number is the day in both.
  // What only train has may be the target: all of it is read at once.
  const [{ columns = [] } = {}] = find(roles.test);
  const only = find(roles.train).flatMap((file) =>
    file.columns.filter((name) => !columns.includes(name)),
  );
  const whole = roles.test === null || only.length > MOST_WHOLE ? [] : only;
  const files = [...find(roles.train), ...find(roles.test)];
  const both = await profileTables(files, { ...reading, whole });
  const read = [...both, ...(await profileTables(find(roles.sample)))];
  const empty = read.find(({ table }) => table.rows === 0);
  if (empty !== undefined)
    throw new SettingsError(`${empty.file.name} has column names but no rows; add the rows`);
  const named = (path: string | null) => {
    const [file] = find(path);
    return read.find((one) => one.file === file) ?? null;
  };
  return { train: named(roles.train), test: named(roles.test), sample: named(roles.sample) };
}

/** Reads some of the other tables; one that cannot be read is a note for the profile, since the task may do without it. */
export async function readOthers(
  reading: Reading,
  tables: readonly string[],
  roles: RoleTables,
): Promise<{ others: ProfiledTable[]; notes: string[] }> {
  const used = [roles.train, roles.test, roles.sample].map((role) => role?.file.name);
  const rest = tables.filter((path) => !used.includes(path));
  const others: ProfiledTable[] = [];
  const notes: string[] = [];
  for (const path of rest.toSorted(byDepth).slice(0, MOST_OTHER_TABLES))
    try {
      others.push(await profileTable(await open(reading, path, "other"), reading));
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      notes.push(`Not read as a table: ${error.message}.`);
    }
  return { others, notes };
}

const byDepth = (a: string, b: string): number =>
  a.split("/").length - b.split("/").length || (a < b ? -1 : 1);
