import { readdirSync } from "node:fs";
import { mediaFiles, sideOf } from "../../../tools/measure/units/media-files.ts";
import { readTask } from "../../../tools/read-task/read-task.ts";
import { SettingsError } from "../../core/errors.ts";
import { type Ground, isMeasured, type SeenTask } from "../../core/ground.ts";
import type { Column, Table } from "../../core/task.ts";
import type { RunRecord } from "../../record/run-record.ts";

/** What `predict.py` must know of the task, as `predict.json` holds it. */
interface PredictionForm {
  /** The table in whose place new rows stand, and the one that was learned from. */
  test: Pick<Table, "path" | "delimiter">;
  train: Pick<Table, "path" | "delimiter"> | null;
  /** Path of the sample submission; null where the task has none and none was made. */
  sample: string | null;
  ids: string[];
  columns: Record<string, Column["kind"]>;
  /** Columns that new rows must have. */
  required: string[];
  /** The folder with the files that rows of the test set speak of; null where they speak of none. */
  media: string | null;
}

/** How new rows are predicted, or why they cannot be, in a sentence. */
export type Prediction = PredictionForm | { refused: string };

/** The tables of a task as its scripts found them, or why they are not known. */
export type Tables = Pick<SeenTask, "train" | "test" | "submission"> | { refused: string };

/** Scripts that keep what they fit are the built-in engineer's, and name every column they read. */
const NAMES_ITS_COLUMNS = "MLE_STAR_FITTED";

/** Finds in what new rows can take the place of the test set. */
export function predictionOf(
  tables: Tables,
  scripts: readonly string[],
  inputFolder: string | null,
): Prediction {
  if ("refused" in tables) return tables;
  const { test, train, submission } = tables;
  if (test === null)
    return { refused: "its test set is no table, so that new rows cannot take its place" };
  if (submission.rows !== test.rows)
    return {
      refused: `its submission has ${submission.rows} lines for the ${test.rows} rows of ${test.path}, so that rows alone do not say what is asked`,
    };
  const { idColumns: ids } = submission;
  const roles = [test.path, train?.path, submission.sample].flatMap((path) => path ?? []);
  const media = inputFolder === null ? [] : mediaFolders(inputFolder, roles);
  if (media.length > 1 || media.includes(""))
    return { refused: "its rows speak of files that lie in one folder with those of train" };
  const inTrain = new Set(train?.columns.map(({ name }) => name));
  const text = scripts.join("\n");
  const namesAll = scripts.every((script) => script.includes(NAMES_ITS_COLUMNS));
  const isRead = ({ name, kind }: Column) =>
    namesAll
      ? text.includes(JSON.stringify(name)) && (!ids.includes(name) || kind === "date")
      : !ids.includes(name) && kind !== "empty" && (train === null || inTrain.has(name));
  return {
    test: placeOf(test),
    train: train && placeOf(train),
    sample: submission.sample,
    ids,
    columns: Object.fromEntries(test.columns.map(({ name, kind }) => [name, kind])),
    required: test.columns
      .filter((column) => isRead(column) || (media.length > 0 && ids.includes(column.name)))
      .map(({ name }) => name),
    media: media[0] ?? null,
  };
}

/** The folders that say that they are of the test set, or an empty text for files in others; nothing where no row speaks of files. */
function mediaFolders(inputFolder: string, roles: readonly string[]): string[] {
  const files = readdirSync(inputFolder, { recursive: true, encoding: "utf8" });
  const folders = mediaFiles(files, roles)
    .filter((path) => sideOf(path) !== "train")
    .map((path) => {
      const parts = path.split("/");
      const above = parts.slice(0, -1).map((_, at) => parts.slice(0, at + 1).join("/"));
      return above.find((folder) => sideOf(`${folder}/`) === "test") ?? "";
    });
  return [...new Set(folders)];
}

const placeOf = ({ path, delimiter }: Table) => ({ path, delimiter });

/** Measured runs know their tables; of others the folder that their scripts saw is read again. */
export async function tablesOf(
  ground: Ground | null,
  { corrections }: RunRecord,
  inputFolder: string,
): Promise<Tables> {
  if (isMeasured(ground) && ground.seen !== null) return ground.seen;
  try {
    return (await readTask(inputFolder, { corrections })).draft;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { refused: `its data cannot be read again (${error.message})` };
  }
}
