import { isOwnMetric } from "../../core/metric.ts";
import type { Table, Task, TaskDraft } from "../../core/task.ts";
import { sharedColumns } from "./recipe/facts.ts";
import { mediaOf } from "./recipe/media.ts";
import { isRegressionMetric, knowsMetric } from "./recipe/metrics.ts";

const MODEL = "bring a language model with --model provider:name";

/** One sentence that says what the built-in engineer cannot do about a task; null when it can do it. */
export function refuseTask(task: Task | TaskDraft): string | null {
  const reason = reasonFor(task);
  return reason === null ? null : `The built-in engineer ${reason}; ${MODEL}.`;
}

function reasonFor(task: Task | TaskDraft): string | null {
  const { metric, modality, targets, train, submission } = task;
  const test = task.test ?? heldBack(task);
  if (modality === "other")
    return "works on tables, texts, small images and sounds, and this task is about other kinds of data";
  if (train === null || test === null)
    return "needs one table with the target to learn from and one to predict, and found no such pair";
  if (targets.length === 0) return "needs the target as a column of the training table";
  if (metric !== null && !isOwnMetric(metric) && !knowsMetric(metric))
    return `cannot compute the metric "${metric}"`;
  const free = targets.find(({ kind, classes }) => kind !== "regression" && classes.length < 2);
  if (free !== undefined)
    return `needs a target of numbers or of at least two classes, and "${free.name}" is neither`;
  const words = targets.find(({ classes }) => classes.some((name) => !Number.isFinite(+name)));
  if (metric !== null && isRegressionMetric(metric) && words !== undefined)
    return `cannot measure ${metric} on the target "${words.name}", whose values are no numbers`;
  const media = mediaOf({ ...task, test });
  if (media === null && (modality === "image" || modality === "audio"))
    return `needs a column of training and test table that names each row's ${modality === "image" ? "picture" : "sound"}, and found none`;
  if (media === null && sharedColumns({ train, test, targets, submission }).length === 0)
    return "needs a column that training and test table share and that tells something, ids and columns of one value aside, and found none";
  return null;
}

/** Where one table is all there is, rows of it are held back to be predicted. */
function heldBack({ train, targets, submission }: Task | TaskDraft): Table | null {
  if (train === null || submission.sample !== null) return null;
  const names = targets.map(({ name }) => name);
  return { ...train, columns: train.columns.filter(({ name }) => !names.includes(name)) };
}
