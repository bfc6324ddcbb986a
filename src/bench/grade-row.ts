import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { GradeRequest } from "../../tools/measure/scorer/grader.ts";
import { openTable } from "../../tools/read-task/csv-file.ts";
import { readTask } from "../../tools/read-task/read-task.ts";
import { openTaskFolder } from "../../tools/read-task/task-folder.ts";
import type { Direction } from "../core/candidate.ts";
import { MleStarError, SettingsError } from "../core/errors.ts";
import type { Measurement } from "../core/measurement.ts";
import { isOwnMetric, metricNamed } from "../core/metric.ts";
import type { Answers, Meta } from "./answers.ts";
import { agrees, Medal, type Row } from "./row.ts";

/** Scores predictions against answers of the same columns. */
export type Grader = (of: GradeRequest) => Promise<Pick<Measurement, "score" | "error">>;

/** The row with what the answers say of the submission that the run has left; one that cannot be graded has the reason for its problem. */
export async function gradeRow(
  row: Row,
  { taskFolder, answers, grader }: { taskFolder: string; answers: Answers; grader: Grader },
): Promise<Row> {
  const prediction = join(row.run, "best", "submission.csv");
  if (!existsSync(prediction))
    return { ...row, problem: row.problem ?? "the run has left no submission" };
  try {
    const { metric, direction } = howGraded(row, answers);
    const form = await formOf(prediction, answers, taskFolder);
    const file = isOwnMetric(metric) ? join(openTaskFolder(taskFolder).folder, metric) : metric;
    const of = { truth: answers.file, prediction, metric: file, ...form };
    const { score, error } = await grader(of);
    const hidden = { score, error };
    const isSame = metric === row.metric && direction === row.direction;
    const other = isSame ? null : `it is graded by ${metric}, but the run had ${row.metric}`;
    const inside = isSame && row.reported !== null ? agrees(hidden, row.reported) : null;
    return {
      ...{ ...row, metric, direction, hidden, inside, problem: row.problem ?? other },
      ...placeOf(score, direction, answers.meta.leaderboard),
    };
  } catch (error) {
    if (!(error instanceof MleStarError)) throw error;
    return { ...row, problem: `grading: ${error.message}` };
  }
}

/** By what the answers say, else as the run understood its task. */
function howGraded(row: Row, { file, meta }: Answers): { metric: string; direction: Direction } {
  const known = meta.metric === undefined ? null : metricNamed(meta.metric.replaceAll("_", " "));
  if (meta.metric !== undefined && known === null)
    throw new SettingsError(
      `${join(dirname(file), "meta.json")}: the metric "${meta.metric}" is not known`,
    );
  const { lower_is_better: lower } = meta;
  const stated = lower === undefined ? null : lower ? "minimize" : "maximize";
  const metric = known?.name ?? row.metric;
  const direction = stated ?? known?.direction ?? row.direction;
  if (metric === null || direction === null) throw new SettingsError("the run has no metric");
  return { metric, direction };
}

/** Which columns name a line and which predict: as the answers say, else as the task's folder does. */
async function formOf(submission: string, { file, meta }: Answers, taskFolder: string) {
  const columnsOf = async (path: string) =>
    (await openTable(dirname(path), basename(path))).columns;
  const [given, known] = [await columnsOf(submission), await columnsOf(file)];
  const ids =
    meta.id === undefined
      ? (await readTask(taskFolder)).draft.submission.idColumns
      : [meta.id ?? []].flat();
  const missing = given.find((name) => !known.includes(name));
  if (missing !== undefined)
    throw new SettingsError(`${file} has no column "${missing}", which the submission has`);
  return { ids, columns: given.filter((name) => !ids.includes(name)) };
}

/** Leaderboards are rounded to five digits, and so is what is held against them. */
function placeOf(
  score: number,
  direction: Direction,
  thresholds: Meta["leaderboard"] = {},
): Pick<Row, "medal" | "aboveMedian"> {
  const sign = direction === "minimize" ? -1 : 1;
  const over = (threshold: number | undefined) =>
    threshold === undefined ? null : Math.sign(sign * (Number(score.toFixed(5)) - threshold));
  const medal = Medal.options.find((name) => (over(thresholds[name]) ?? -1) >= 0) ?? null;
  const median = over(thresholds.median);
  return { medal, aboveMedian: median === null ? null : median > 0 };
}
