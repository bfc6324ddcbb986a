import { METRICS } from "../../../src/core/metric-table.ts";
import type { Target, TaskDraft } from "../../../src/core/task.ts";
import { isJson } from "../../read-task/csv-file.ts";
import type { ReadTask } from "../../read-task/read-task.ts";
import { type Asked, Unmeasurable } from "./asked.ts";
import { findMedia } from "./find-media.ts";
import { listFiles } from "./listed-files.ts";
import { mediaFiles } from "./media-files.ts";
import { csvForm, listed, openRecords, type Records } from "./records.ts";

export interface Roles
  extends Pick<
    Asked,
    | "noun"
    | "train"
    | "test"
    | "sample"
    | "glance"
    | "isTrainTable"
    | "isTestTable"
    | "media"
    | "rows"
  > {
  targets: readonly Target[];
}

/** What the view calls a table that the task does not bring. */
export const MADE = { test: "test.csv", sample: "sample_submission.csv" };

/** Of a table so much is read for a glance. */
export const GLANCE_BYTES = 8 * 1024 * 1024;

/** The three tables, each from the task or made from the others. */
export async function findRoles(reading: ReadTask, mostBytes: number): Promise<Roles> {
  const { draft, folder, corrections } = reading;
  const { submission } = draft;
  const openOne = async (path: string | null | undefined, most = mostBytes) =>
    path ? await openRecords(folder, path, corrections.drop, most) : null;
  // What scripts leave is separated by commas, and so is the form they fill; what is handed out has the sample's own.
  const own = await openOne(submission.sample);
  const given = own === null || isJson(own.path) ? own : { ...own, form: csvForm(",") };
  const paths = [draft.train?.path, draft.test?.path, submission.sample];
  const files = mediaFiles(
    reading.files,
    paths.flatMap((path) => path ?? []),
  );
  const table = await openOne(draft.train?.path);
  const inFiles = table === null && given !== null ? await listFiles(files, given, reading) : null;
  const train = table ?? inFiles?.train;
  const targets = inFiles?.targets ?? draft.targets;
  if (train === undefined)
    throw new Unmeasurable(
      "There is neither a table of labelled rows nor a label in each file's name.",
    );
  const made =
    given === null
      ? { ...train, path: MADE.test, columns: without(train.columns, targets), rows: none }
      : { ...cut(given, submission.idColumns), path: MADE.test };
  const test = (await openOne(draft.test?.path)) ?? made;
  const media = await findMedia(files, train, test, table === null);
  return {
    ...{ noun: media === null ? "row" : nounOf(draft), train, test, targets, media },
    glance: {
      train: (await openOne(draft.train?.path, GLANCE_BYTES)) ?? train,
      test: (await openOne(draft.test?.path, GLANCE_BYTES)) ?? test,
    },
    rows: {
      train: draft.train?.rows ?? inFiles?.rows ?? 0,
      test: draft.test?.rows ?? submission.rows,
    },
    sample: given ?? madeSample(draft, test),
    isTrainTable: table !== null,
    isTestTable: draft.test !== null || given === null,
  };
}

const nounOf = ({ modality }: TaskDraft): string =>
  modality === "image" ? "image" : modality === "audio" ? "recording" : "file";

async function* none(): AsyncGenerator<string[][]> {}

const without = (columns: readonly string[], targets: readonly Target[]): string[] =>
  columns.filter((column) => !targets.some(({ name }) => name === column));

/** Some columns of a table, as a table. */
function cut(records: Records, columns: readonly string[]): Records {
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
function madeSample({ submission, targets, metric }: TaskDraft, test: Records): Records {
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
