import { withoutColumns } from "../../read-task/csv-file.ts";
import { said } from "../../read-task/json-file.ts";
import { openSampled } from "../../read-task/sampled-table.ts";

/** Rows of a file as they are written there, and how such a file is written. */
export interface Records {
  /** Path below the task folder. */
  path: string;
  columns: readonly string[];
  /** Cells as they are written, in batches, each time from the start. */
  rows(): AsyncGenerator<string[][]>;
  /** What a cell says. */
  says(cell: string): string;
  /** A text as such a cell is written; as that other one. */
  writes(text: string, like: string): string;
  form: RecordForm;
}

/** How rows become text again, cell by cell as they were. */
export interface RecordForm {
  head(columns: readonly string[]): string;
  row(columns: readonly string[], cells: readonly string[]): string;
  between: string;
  tail: string;
}

/** Opens a table without some of its columns, under its name when unpacked; `mostBytes` for a glance at parts of it. */
export async function openRecords(
  folder: string,
  path: string,
  dropped: readonly string[] = [],
  mostBytes = Infinity,
): Promise<Records> {
  const file = withoutColumns(await openSampled(folder, path, mostBytes), dropped);
  const { json, columns, delimiter } = file;
  const known = { path: file.name, columns };
  if (json === undefined)
    return {
      ...known,
      rows: () => file.batches(),
      says: (cell) => cell,
      writes: (text) => text,
      form: csvForm(delimiter),
    };
  return {
    ...known,
    rows: () => json.written(),
    says: said,
    writes: (text, like) =>
      /^["{[]|^$/.test(like) || !Number.isFinite(Number(text)) ? JSON.stringify(text) : text,
    form: jsonForm(json.isList),
  };
}

/** Rows that stand in no file of the task, written as a table where they are written at all. */
export const listed = (
  path: string,
  columns: readonly string[],
  all: readonly string[][],
): Records => ({
  path,
  columns,
  async *rows() {
    if (all.length > 0) yield [...all];
  },
  says: (cell) => cell,
  writes: (text) => text,
  form: csvForm(","),
});

export function csvForm(delimiter: string): RecordForm {
  const special = new RegExp(`["\r\n${delimiter === "|" ? "\\|" : delimiter}]`);
  const quoted = (cell: string) => (special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  // A line that is blank altogether would be skipped by every reader.
  const line = (cells: readonly string[]) => `${cells.map(quoted).join(delimiter) || '""'}\n`;
  return {
    head: (columns) => line(columns.map(headerOf)),
    row: (_, cells) => line(cells),
    between: "",
    tail: "",
  };
}

/** A column without a name is called as pandas calls it, and keeps none where it is written. */
const headerOf = (column: string, index: number): string =>
  column === `Unnamed: ${index}` ? "" : column;

/** A field that a record does not have stays away. */
const jsonForm = (isList: boolean): RecordForm => ({
  head: () => (isList ? "[\n" : ""),
  row: (columns, cells) =>
    `{${cells.flatMap((cell, at) => (cell === "" ? [] : `${JSON.stringify(columns[at])}: ${cell}`)).join(", ")}}`,
  between: isList ? ",\n" : "\n",
  tail: isList ? "\n]\n" : "\n",
});
