import type { Target } from "../../src/core/task.ts";
import type { ColumnNote } from "./cells/column-twins.ts";
import type { ColumnProfile } from "./column-profile.ts";
import { describeColumns } from "./describe-columns.ts";
import { describeFiles } from "./describe-files.ts";
import { capLines, countOf } from "./figures.ts";
import type { RoleTables, TargetColumns } from "./find-targets.ts";
import type { FolderFile } from "./list-folder.ts";
import type { ProfiledTable } from "./profile-table.ts";
import { describeTarget } from "./target-of.ts";

/** Characters that each part of the profile may take; together they are its length. */
const MOST = {
  files: 1000,
  columns: 2600,
  target: 700,
  head: 900,
  test: 700,
  other: 600,
  notes: 400,
};
const MOST_OTHER_TABLES = 2;
const WIDE = 30;

type Marks = ReadonlyMap<string, string>;

export interface DataSeen extends RoleTables {
  files: readonly FolderFile[];
  columns: TargetColumns;
  targets: readonly { target: Target; values: ColumnProfile }[];
  others: readonly ProfiledTable[];
  /** What is to be told of a person's own metric. */
  metric: string | null;
  /** What could not be read, one sentence each. */
  notes: readonly string[];
  /** What a person should look at of the training table's columns. */
  noted: readonly ColumnNote[];
}

/** The data profile in words: what a person would look at first, within a bounded length. */
export function describeData(seen: DataSeen): string {
  const { files, train, test, sample, others, notes, targets, columns } = seen;
  const marks: Marks = new Map([
    ...columns.ids.map((name) => [name, "id"] as const),
    ...columns.targets.map((name) => [name, "target"] as const),
  ]);
  const parts = [
    `Files in ./input:\n${describeFiles(files, MOST.files)}`,
    train && described("Training table", train, marks, MOST.columns),
    cut(
      targets.map(({ target, values }) => describeTarget(target, values)).join("\n"),
      MOST.target,
    ),
    train && firstRows(train, MOST.head),
    test &&
      (train ? differences(test, train, marks) : described("Test table", test, marks, MOST.test)),
    sample && firstRows(sample, MOST.head / 2),
    ...others
      .slice(0, MOST_OTHER_TABLES)
      .map((table) => described("Table", table, new Map(), MOST.other)),
    seen.noted.length > 0 &&
      capLines(
        [
          "Of the training columns:",
          ...seen.noted.map(({ column, note }) => `- ${column}: ${note}`),
        ],
        MOST.notes,
      ),
    cut(notes.join("\n"), MOST.notes),
    seen.metric,
  ];
  return parts.filter(Boolean).join("\n\n");
}

function described(
  title: string,
  { table, rowsRead }: ProfiledTable,
  marks: Marks,
  most: number,
): string {
  const { path, rows, columns, complete } = table;
  const form: Record<string, string> = {
    ",": "",
    "": ", JSON objects in an array",
    "\n": ", a JSON object per line",
  };
  const delimiter = form[table.delimiter] ?? `, delimiter ${JSON.stringify(table.delimiter)}`;
  const read = complete ? "" : `; the figures below are those of ${countOf(rowsRead, "row")}`;
  const heading = `${title} ${path}: ${countOf(rows, "row")}, ${countOf(columns.length, "column")}${delimiter}${read}`;
  return `${heading}\n${describeColumns(columns, rowsRead, marks, most)}`;
}

/** Of the test table only what differs from the training table. */
function differences(
  { table, rowsRead }: ProfiledTable,
  train: ProfiledTable,
  marks: Marks,
): string {
  const inTest = new Set(table.columns.map(({ name }) => name));
  const lacking = train.file.columns.filter((name) => !inTest.has(name));
  const known = new Map(train.table.columns.map((column) => [column.name, column]));
  const differing = table.columns.filter(({ name, kind, missing }) => {
    const same = known.get(name);
    return same?.kind !== kind || same.missing > 0 !== missing > 0;
  });
  const heading = `Test table ${table.path}: ${countOf(table.rows, "row")}; without the training columns ${cut(lacking.join(", ") || "(it has all)", 200)}`;
  return differing.length === 0
    ? `${heading}; the others are alike`
    : `${heading}; new, of another type or otherwise missing:\n${describeColumns(differing, rowsRead, marks, MOST.test)}`;
}

function firstRows({ file, head }: ProfiledTable, most: number): string {
  const shown = (cell: string) => {
    const text = cut(cell.replace(/\s+/g, " "), 80);
    return text.includes(file.delimiter) ? JSON.stringify(text) : text;
  };
  // Many cells say little: of a wide table one row shows what stands in it.
  const rows = file.columns.length > WIDE ? head.slice(0, 1) : head;
  const lines = [file.columns, ...rows].map((row) =>
    cut(row.map(shown).join(file.delimiter), most / 4),
  );
  return `First row${rows.length === 1 ? "" : "s"} of ${file.name}:\n${lines.join("\n")}`;
}

const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 4)} ...` : text;
