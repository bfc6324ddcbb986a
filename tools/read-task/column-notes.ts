import type { Column, Table, TaskDraft } from "../../src/core/task.ts";
import { numberWritten } from "../../src/core/words/written-number.ts";
import { numberIn } from "./cells/cell.ts";
import { type ColumnNote, ColumnTwins, type Compared } from "./cells/column-twins.ts";
import type { CsvFile } from "./csv-file.ts";

/** What is cheaply known of the columns that one learns from. */
export interface ColumnNotes {
  dates: ColumnNote[];
  /** How other columns are read that do not say plainly what they say. */
  readings: ColumnNote[];
  /** Columns that explain nothing, or are not there to predict from. */
  ignored: ColumnNote[];
  /** Columns that a person should look at. */
  noted: ColumnNote[];
}

interface Noted extends Pick<TaskDraft, "train" | "test" | "targets" | "submission"> {
  /** The training table, or what is read of it at a glance. */
  file: CsvFile | null;
  dropped: readonly string[];
}

/** Tells how columns are written, which go unused, and which repeat the target, each other, or the row's number. */
export async function columnNotes({
  train,
  test,
  targets,
  submission,
  file,
  dropped,
}: Noted): Promise<ColumnNotes> {
  if (train === null || file === null) return { dates: [], readings: [], ignored: [], noted: [] };
  const isTarget = ({ name }: Column) => targets.some((target) => target.name === name);
  const others = train.columns.filter((column) => !isTarget(column));
  const reasons = new Map(
    others.flatMap((column) => {
      const reason = reasonToIgnore(column, test, submission.idColumns);
      return reason === null ? [] : [[column.name, reason] as const];
    }),
  );
  const tells = others.filter(({ name }) => !NOTHING.has(reasons.get(name) ?? ""));
  const twins = await twinsIn(file, tells, train.columns.filter(isTarget));
  const isUsed = ({ name }: Pick<Column, "name">) => !reasons.has(name);
  const ignored = [...reasons].map(([column, reason]) => {
    const twin = twins.find((one) => one.column === column);
    return { column, note: twin === undefined ? reason : `${reason}; ${twin.note}` };
  });
  const read = train.columns.flatMap((one) => {
    const { name: column, kind, reading } = one;
    const isPlain = reading === undefined || (isTarget(one) && reading.written === null);
    return isPlain ? [] : [{ kind, told: { column, note: reading.words } }];
  });
  return {
    dates: read.filter(({ kind }) => kind === "date").map(({ told }) => told),
    readings: read.filter(({ kind }) => kind !== "date").map(({ told }) => told),
    ignored: [...dropped.map((column) => ({ column, note: "as you wish" })), ...ignored],
    noted: [
      ...twins.filter(({ column }) => !reasons.has(column)),
      ...namedAlike(train.columns),
      ...others.filter(isUsed).flatMap((column) => idInDisguise(column, train.rows)),
      ...train.columns.filter(isTarget).flatMap(gapsOfTarget),
    ],
  };
}

async function twinsIn(
  file: CsvFile,
  others: readonly Column[],
  targets: readonly Column[],
): Promise<ColumnNote[]> {
  const twins = new ColumnTwins(others.map(compared), targets.map(compared));
  const placed = new Map(file.columns.map((name, place) => [name, place]));
  for await (const batch of file.batches()) {
    for (const row of batch)
      if (twins.wants) twins.add((name) => row[placed.get(name) ?? -1] ?? "");
    if (!twins.wants) break;
  }
  return twins.notes();
}

function compared({ name, reading }: Column): Compared {
  const written = reading?.written;
  return {
    name,
    numberIn: (cell) =>
      written?.as === "number" ? numberWritten(cell, written) : (numberIn(cell) ?? Number.NaN),
  };
}

const EMPTY = "empty";
const IDENTIFIES = "identifies the row";
const CONSTANT = "one value throughout";
/** Columns that tell nothing are not compared. */
const NOTHING = new Set([EMPTY, IDENTIFIES, CONSTANT]);

function reasonToIgnore(
  { name, kind, distinct }: Column,
  test: Table | null,
  ids: readonly string[],
): string | null {
  if (kind === "empty") return EMPTY;
  if (ids.includes(name)) return kind === "date" ? null : IDENTIFIES;
  if (distinct <= 1) return CONSTANT;
  const inTest = test?.columns.map((column) => column.name) ?? [name];
  if (inTest.includes(name)) return null;
  const alike = inTest.find((other) => folded(other) === folded(name));
  return alike === undefined
    ? "the test table lacks it"
    : `the test table lacks it, but has ${alike}: call both the same`;
}

const folded = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

function namedAlike(columns: readonly Column[]): ColumnNote[] {
  const first = new Map<string, string>();
  return columns.flatMap(({ name }) => {
    const key = folded(name);
    const other = first.get(key);
    if (other === undefined) first.set(key, name);
    return other === undefined || key === ""
      ? []
      : [{ column: name, note: `named like ${other}, but another column` }];
  });
}

/** Few rows may well differ in anything. */
const FEWEST_ROWS = 50;

function idInDisguise(
  { name, kind, integer, distinct, min, max }: Column,
  rows: number,
): ColumnNote[] {
  if (rows < FEWEST_ROWS || distinct < rows) return [];
  const isNumber = integer && min !== null && max !== null && max - min < 2 * rows;
  if (!isNumber && kind !== "category") return [];
  return [{ column: name, note: "another value in each row, like an id" }];
}

const gapsOfTarget = ({ name, kind, reading }: Column): ColumnNote[] =>
  kind === "number" && reading !== undefined && reading.missing.length > 0
    ? [{ column: name, note: `is to be predicted, and ${reading.words}: leave out these rows` }]
    : [];
