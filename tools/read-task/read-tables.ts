import { SettingsError } from "../../src/core/errors.ts";
import { type CsvFile, openTable } from "./csv-file.ts";
import { chooseRoles, roleCandidates } from "./file-roles.ts";
import type { RoleTables } from "./find-targets.ts";
import { type ProfiledTable, profileTable } from "./profile-table.ts";
import type { TaskYaml } from "./task-yaml.ts";

/** Tables beyond the three with a role that are read; the rest is only listed. */
const MOST_OTHER_TABLES = 8;

/** Reads the tables that have a role; one that cannot be read ends the reading. */
export async function readRoles(
  folder: string,
  tables: readonly string[],
  fixed: TaskYaml,
): Promise<RoleTables> {
  const candidates: CsvFile[] = [];
  for (const path of roleCandidates(tables, fixed)) candidates.push(await openTable(folder, path));
  const roles = chooseRoles(
    candidates.map(({ name: path, columns }) => ({ path, columns })),
    fixed,
  );
  const read = async (path: string | null): Promise<ProfiledTable | null> => {
    const file = candidates.find(({ name }) => name === path);
    if (file === undefined) return null;
    const profiled = await profileTable(file);
    if (profiled.table.rows === 0)
      throw new SettingsError(`${path} has column names but no rows; add the rows`);
    return profiled;
  };
  const { train, test, sample } = roles;
  return { train: await read(train), test: await read(test), sample: await read(sample) };
}

/** Reads some of the other tables; one that cannot be read is a note for the profile, since the task may do without it. */
export async function readOthers(
  folder: string,
  tables: readonly string[],
  roles: RoleTables,
): Promise<{ others: ProfiledTable[]; notes: string[] }> {
  const used = [roles.train, roles.test, roles.sample].map((role) => role?.file.name);
  const rest = tables.filter((path) => !used.includes(path));
  const others: ProfiledTable[] = [];
  const notes: string[] = [];
  for (const path of rest.toSorted(byDepth).slice(0, MOST_OTHER_TABLES))
    try {
      others.push(await profileTable(await openTable(folder, path)));
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      notes.push(`Not read as a table: ${error.message}.`);
    }
  return { others, notes };
}

const byDepth = (a: string, b: string): number =>
  a.split("/").length - b.split("/").length || (a < b ? -1 : 1);
