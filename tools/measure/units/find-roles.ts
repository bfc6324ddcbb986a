import { METRICS } from "../../../src/core/metric-table.ts";
import type { Task, TaskDraft } from "../../../src/core/task.ts";
import type { ReadTask } from "../../read-task/read-task.ts";
import { type Asked, Unmeasurable } from "./asked.ts";
import { listed, openRecords, type Records } from "./records.ts";

export type Roles = Pick<
  Asked,
  "noun" | "train" | "test" | "sample" | "isTrainTable" | "isTestTable" | "targets"
>;

/** What the view calls a table that the task does not bring. */
export const MADE = { test: "test.csv", sample: "sample_submission.csv" };

/** The three tables, each from the task or made from the others. */
export async function findRoles(reading: ReadTask, mostBytes: number): Promise<Roles> {
  const { draft, folder, corrections } = reading;
  const open = (path: string) => openRecords(folder, path, corrections.drop, mostBytes);
  if (draft.train === null) throw new Unmeasurable("There is no table of labelled rows.");
  const train = await open(draft.train.path);
  const given = draft.submission.sample === null ? null : await open(draft.submission.sample);
  const targets = draft.targets.map(({ name }) => name);
  const test =
    draft.test !== null
      ? await open(draft.test.path)
      : given === null
        ? { ...train, path: MADE.test, columns: without(train.columns, targets), rows: none }
        : { ...(await cut(given, draft.submission.idColumns)), path: MADE.test };
  return {
    ...{ noun: "row", train, test, targets },
    sample: given ?? madeSample(draft, test),
    isTrainTable: true,
    isTestTable: draft.test !== null || given === null,
  };
}

async function* none(): AsyncGenerator<string[][]> {}

const without = (columns: readonly string[], others: readonly string[]): string[] =>
  columns.filter((column) => !others.includes(column));

/** Some columns of a table, as a table. */
async function cut(records: Records, columns: readonly string[]): Promise<Records> {
  const places = columns.map((column) => records.columns.indexOf(column));
  return {
    ...records,
    columns,
    async *rows() {
      for await (const batch of records.rows())
        yield batch.map((cells) => places.map((place) => cells[place] ?? ""));
    },
  };
}

/** The submission's form where the task brings no sample: ids and targets, or a probability for each class. */
function madeSample({ submission, targets, metric }: TaskDraft | Task, test: Records): Records {
  const asksFor = METRICS.find(({ name }) => name === metric)?.predicts;
  const [target] = targets;
  const isWide = asksFor === "probability" && target?.kind === "multiclass" && targets.length === 1;
  const predicted = isWide ? target.classes : targets.map(({ name }) => name);
  const cells = targets.map(({ classes }) => (asksFor === "label" ? (classes[0] ?? "0") : "0"));
  const columns = [...submission.idColumns, ...predicted];
  const places = submission.idColumns.map((id) => test.columns.indexOf(id));
  return {
    ...listed(MADE.sample, columns, []),
    async *rows() {
      for await (const batch of test.rows())
        yield batch.map((row) => [
          ...places.map((place) => test.says(row[place] ?? "")),
          ...(isWide ? predicted.map(() => "0") : cells),
        ]);
    },
  };
}
