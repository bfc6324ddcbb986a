import type { Column, Table } from "../../src/core/task.ts";
import type { WantedOrder } from "./cells/date-order.ts";
import type { Told } from "./cells/number-form.ts";
import { understandColumn, understoodBefore } from "./cells/understand-column.ts";
import { ColumnProfile } from "./column-profile.ts";
import type { CsvFile } from "./csv-file.ts";

/** How much of a table the statistics read: its first part, then a few rows of every megabyte. */
const FIRST_PART = { rows: 100_000, cells: 1_500_000 };
const LATER_PARTS = { rows: 20, cells: 4000 };
const DISTINCT_VALUES = 400_000;
const HEAD_ROWS = 3;

export interface ProfiledTable {
  file: CsvFile;
  table: Table;
  /** Rows the statistics are of. */
  rowsRead: number;
  /** The first rows as they stand. */
  head: string[][];
  /** Columns of which all rows were read, by name. */
  whole: ReadonlyMap<string, ColumnProfile>;
}

interface Understanding {
  /** What a person says of dates that leave it open. */
  dates?: WantedOrder | undefined;
  /** Columns that were understood before, by other rows of the same tables. */
  known?: readonly Column[];
  /** Columns to be read to the end, where a table has them. */
  whole?: readonly string[];
}

/** Reads tables once: rows and their form to the end, statistics from a part of each that is large. Columns of one name are understood together. */
export async function profileTables(
  files: readonly CsvFile[],
  { dates, known = [], whole = [] }: Understanding = {},
): Promise<ProfiledTable[]> {
  const read: TableRead[] = [];
  for (const file of files) read.push(await readTable(file, whole));
  const { delimiter = "," } = files[0] ?? {};
  const alike = Map.groupBy(
    read.flatMap(({ profiles }) => profiles),
    ({ name }) => name,
  );
  const understood = new Map(
    [...alike].map(([name, same]) => {
      const before = known.find((column) => column.name === name);
      if (before !== undefined) return [name, understoodBefore(before)];
      const texts = together(same.map((profile) => profile.texts));
      return [name, understandColumn({ name, texts, delimiter, dates })];
    }),
  );
  return read.map(({ file, profiles, rows, rowsRead, ...rest }) => {
    const all = file.estimated?.(rows) ?? rows;
    const columns = profiles.flatMap((profile) => {
      const how = understood.get(profile.name);
      return how === undefined ? [] : [profile.column(all, how)];
    });
    const { name: path, delimiter } = file;
    const table = { path, delimiter, rows: all, complete: rowsRead === all, columns };
    return { file, table, rowsRead, ...rest };
  });
}

/** The same of a single table. */
export async function profileTable(file: CsvFile, how?: Understanding): Promise<ProfiledTable> {
  const [profiled] = await profileTables([file], how);
  if (profiled === undefined) throw new Error(`${file.name} was not profiled`);
  return profiled;
}

/** What was told of columns of one name, as if of one. */
function together(tables: readonly (readonly Told[])[]): readonly Told[] {
  const [only = [], ...more] = tables;
  if (more.length === 0) return only;
  const rows = new Map<string, number>();
  for (const [text, count] of tables.flat()) rows.set(text, (rows.get(text) ?? 0) + count);
  return [...rows];
}

interface TableRead extends Pick<ProfiledTable, "file" | "rowsRead" | "head" | "whole"> {
  profiles: readonly ColumnProfile[];
  rows: number;
}

async function readTable(file: CsvFile, wanted: readonly string[]): Promise<TableRead> {
  const width = file.columns.length;
  const most = Math.min(FIRST_PART.rows, Math.ceil(FIRST_PART.cells / width));
  const least = Math.min(LATER_PARTS.rows, Math.ceil(LATER_PARTS.cells / width));
  const distinctCap = Math.min(20_000, Math.max(100, Math.ceil(DISTINCT_VALUES / width)));
  const profiles = file.columns.map((name) => new ColumnProfile(name, distinctCap));
  const all = wholeProfiles(file, wanted);
  const names = all.map(({ name }) => name);
  const head: string[][] = [];
  let [rows, rowsRead] = [0, 0];
  for await (const batch of file.skim(names, (before) => Math.max(most - before, least))) {
    const { records, cells, count } = batch;
    for (const row of records) addRow(profiles, row);
    for (const row of cells) addRow(all, row);
    if (head.length < HEAD_ROWS) head.push(...records.slice(0, HEAD_ROWS - head.length));
    rows += count;
    rowsRead += records.length;
  }
  const whole = new Map(all.map((profile) => [profile.name, profile]));
  return { file, profiles, rows, rowsRead, head, whole };
}

/** Of these columns those that the table has, in its order. */
const wholeProfiles = (
  { columns }: CsvFile,
  names: readonly string[],
  distinctCap = 100_000,
): ColumnProfile[] =>
  columns
    .filter((name) => names.includes(name))
    .map((name) => new ColumnProfile(name, distinctCap));

/** Reads some columns of a table to their end, and counts so many distinct values of each. */
export async function profileColumns(
  file: CsvFile,
  names: readonly string[],
  distinctCap?: number,
): Promise<ColumnProfile[]> {
  const profiles = wholeProfiles(file, names, distinctCap);
  const found = profiles.map(({ name }) => name);
  for await (const { cells } of file.skim(found, () => 0))
    for (const row of cells) addRow(profiles, row);
  const none = (name: string) => new ColumnProfile(name, 0);
  return names.map((name) => profiles.find((profile) => profile.name === name) ?? none(name));
}

function addRow(profiles: readonly ColumnProfile[], row: readonly string[]): void {
  for (const [index, profile] of profiles.entries()) profile.add(row[index] ?? "");
}
