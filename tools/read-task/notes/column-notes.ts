import type { Column } from "../../../src/core/task.ts";
import { GLANCE_BYTES } from "../read-tables.ts";
import type { ReadTask } from "../read-task.ts";
import { openSampled } from "../sampled-table.ts";
import { type ColumnNote, ColumnTwins } from "./column-twins.ts";

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

/** Tells at a glance dates, columns that go unused, and columns that repeat the target, each other, or the row's number. */
export async function columnNotes({ draft, folder, corrections }: ReadTask): Promise<ColumnNotes> {
  const { train, test, targets, submission } = draft;
  if (train === null) return { dates: [], readings: [], ignored: [], noted: [] };
  const inTest = test?.columns.map(({ name }) => name);
  const isTarget = (name: string) => targets.some((target) => target.name === name);
  const ignored = [
    ...(corrections.drop ?? []).map((column) => ({ column, note: "as you wish" })),
    ...train.columns.flatMap(({ name: column, ...rest }) => {
      if (isTarget(column)) return [];
      const note = reasonToIgnore({ name: column, ...rest }, inTest, submission.idColumns);
      return note === null ? [] : [{ column, note }];
    }),
  ];
  const used = train.columns.filter(
    ({ name }) => !isTarget(name) && !ignored.some(({ column }) => column === name),
  );
  const read = train.columns.flatMap(({ name: column, kind, reading }) =>
    reading === undefined || isTarget(column) ? [] : [{ column, kind, note: reading.words }],
  );
  const names = used.map(({ name }) => name);
  const twins = new ColumnTwins(
    names,
    targets.map(({ name }) => name),
  );
  const isDate = ({ kind }: { kind: string }) => kind === "date";
  const noteOf = ({ column, note }: ColumnNote) => ({ column, note });
  const file = await openSampled(folder, train.path, GLANCE_BYTES.role);
  const placed = new Map(file.columns.map((name, place) => [name, place]));
  for await (const batch of file.batches())
    for (const row of batch) {
      const cellOf = (name: string) => row[placed.get(name) ?? -1] ?? "";
      if (twins.wants) twins.add(cellOf);
    }
  return {
    dates: read.filter(isDate).map(noteOf),
    readings: read.filter((one) => !isDate(one)).map(noteOf),
    ignored,
    noted: [...twins.notes(), ...used.flatMap((column) => idInDisguise(column, train.rows))],
  };
}

function reasonToIgnore(
  { name, kind, distinct }: Column,
  inTest: readonly string[] | undefined,
  ids: readonly string[],
): string | null {
  if (kind === "empty") return "empty";
  if (ids.includes(name)) return kind === "date" ? null : "identifies the row";
  if (distinct <= 1) return "one value throughout";
  return inTest === undefined || inTest.includes(name) ? null : "the test table lacks it";
}

/** Few rows may well differ in anything. */
const FEWEST_ROWS = 50;

function idInDisguise({ name, kind, integer, distinct, min, max }: Column, rows: number) {
  if (rows < FEWEST_ROWS || distinct < rows) return [];
  const isNumber = integer && min !== null && max !== null && max - min < 2 * rows;
  if (!isNumber && kind !== "category") return [];
  return [{ column: name, note: "another value in each row, like an id" }];
}
