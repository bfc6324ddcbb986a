import type { Table } from "../../src/core/task.ts";
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
}

/** Reads a table once: rows and their form to the end, statistics from a part of it when it is large. */
export async function profileTable(file: CsvFile): Promise<ProfiledTable> {
  const width = file.columns.length;
  const most = Math.min(FIRST_PART.rows, Math.ceil(FIRST_PART.cells / width));
  const least = Math.min(LATER_PARTS.rows, Math.ceil(LATER_PARTS.cells / width));
  const distinctCap = Math.min(20_000, Math.max(100, Math.ceil(DISTINCT_VALUES / width)));
  const profiles = file.columns.map((name) => new ColumnProfile(name, distinctCap));
  const head: string[][] = [];
  let [rows, rowsRead] = [0, 0];
  for await (const batch of file.batches()) {
    const read = batch.slice(0, Math.max(most - rows, least));
    for (const row of read) addRow(profiles, row);
    if (head.length < HEAD_ROWS) head.push(...read.slice(0, HEAD_ROWS - head.length));
    rows += batch.length;
    rowsRead += read.length;
  }
  const all = file.estimated?.(rows) ?? rows;
  const columns = profiles.map((profile) => profile.column(all));
  const { name: path, delimiter } = file;
  const table = { path, delimiter, rows: all, complete: rowsRead === all, columns };
  return { file, table, rowsRead, head };
}

/** Reads some columns of a table to their end, and counts so many distinct values of each. */
export async function profileColumns(
  file: CsvFile,
  names: readonly string[],
  distinctCap = 100_000,
): Promise<ColumnProfile[]> {
  const profiles = names.map((name) => new ColumnProfile(name, distinctCap));
  const places = names.map((name) => file.columns.indexOf(name));
  for await (const batch of file.batches())
    for (const row of batch)
      addRow(
        profiles,
        places.map((place) => row[place] ?? ""),
      );
  return profiles;
}

function addRow(profiles: readonly ColumnProfile[], row: readonly string[]): void {
  for (const [index, profile] of profiles.entries()) profile.add(row[index] ?? "");
}
