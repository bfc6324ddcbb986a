import { SettingsError } from "../../src/core/errors.ts";
import { METRICS } from "../../src/core/metric-table.ts";
import type { TaskDraft } from "../../src/core/task.ts";
import type { ColumnProfile } from "../read-task/column-profile.ts";
import { openTable, readCells } from "../read-task/csv-file.ts";
import { oneHotColumns } from "../read-task/find-targets.ts";
import { profileColumns } from "../read-task/profile-table.ts";

/** What every cell of one column of the submission must be. */
export interface ExpectedColumn {
  name: string;
  isId: boolean;
  numeric: boolean;
  /** From 0 to 1. */
  probability: boolean;
  mayBeMissing: boolean;
  /** The labels to choose from; null when any value will do. */
  classes: readonly string[] | null;
  /** Whether one and the same value for every row is plausible. */
  mayBeConstant: boolean;
}

export interface ExpectedSubmission {
  /** The file the form is taken from, as messages name it. */
  source: string;
  delimiter: string;
  rows: number;
  columns: ExpectedColumn[];
  /** Per row the values of the id columns. */
  ids: string[][];
}

export type CheckedTask = Pick<TaskDraft, "submission" | "targets" | "metric" | "test">;

/** A few rows may well be of one class. */
const ROWS_THAT_MAY_AGREE = 10;

/** Reads the sample submission, or without one the test table's ids, into what a submission must be. */
export async function expectedSubmission(
  folder: string,
  task: CheckedTask,
): Promise<ExpectedSubmission> {
  const { sample, columns, idColumns } = task.submission;
  const source = sample ?? task.test?.path;
  if (source === undefined)
    throw new SettingsError(`${folder} has neither a test table nor a sample submission`);
  const file = await openTable(folder, source);
  const filled = sample === null ? [] : await profileColumns(file, columns, 1);
  const ids = await readCells(
    file,
    columns.filter((name) => idColumns.includes(name)),
  );
  return {
    source,
    delimiter: sample === null ? "," : file.delimiter,
    rows: ids.length,
    columns: columns.map((name, index) => expectedColumn(name, task, filled[index])),
    ids,
  };
}

function expectedColumn(name: string, task: CheckedTask, sample?: ColumnProfile): ExpectedColumn {
  const { submission, targets, metric } = task;
  const isId = submission.idColumns.includes(name);
  const predicts = METRICS.find((known) => known.name === metric)?.predicts;
  const target = targets.find((one) => one.name === name);
  const labels = predicts === "label" && target !== undefined ? target.classes : [];
  const oneHot = targets.some(({ name: of, classes }) =>
    oneHotColumns(of, classes, submission.columns)?.includes(name),
  );
  const mustBeNumber = oneHot || predicts === "probability" || target?.kind === "regression";
  const isFilled = sample !== undefined && sample.filled > 0;
  const numeric = isFilled ? sample.isNumber : mustBeNumber;
  const bounded = metric === "log_loss" || metric === "brier";
  return {
    name,
    isId,
    numeric: !isId && labels.length === 0 && numeric,
    probability: !isId && numeric && bounded && (target !== undefined || oneHot),
    mayBeMissing: !isId && isFilled && sample.missing > 0,
    classes: isId || labels.length === 0 ? null : labels,
    mayBeConstant:
      isId || oneHot || submission.rows < (labels.length > 0 ? ROWS_THAT_MAY_AGREE : 2),
  };
}
