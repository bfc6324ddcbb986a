import type { Task, TaskDraft } from "../../core/task.ts";
import { isRegressionMetric, knowsMetric } from "./recipe/metrics.ts";

const MODEL = "bring a language model with --model provider:name";

/** One sentence that says what the built-in engineer cannot do about a task; null when it can do it. */
export function refuseTask(task: Task | TaskDraft): string | null {
  const reason = reasonFor(task);
  return reason === null ? null : `The built-in engineer ${reason}; ${MODEL}.`;
}

function reasonFor({ metric, modality, targets, train, test }: Task | TaskDraft): string | null {
  if (modality === "image" || modality === "audio" || modality === "other")
    return `works on tables and texts, and this task is about ${modality === "image" ? "images" : modality === "audio" ? "audio" : "other kinds of data"}`;
  if (train === null || test === null)
    return "needs one table with the target to learn from and one to predict, and found no such pair";
  if (targets.length === 0) return "needs the target as a column of the training table";
  if (metric !== null && !knowsMetric(metric)) return `cannot compute the metric "${metric}"`;
  const free = targets.find(({ kind, classes }) => kind !== "regression" && classes.length < 2);
  if (free !== undefined)
    return `needs a target of numbers or of at least two classes, and "${free.name}" is neither`;
  const words = targets.find(({ classes }) => classes.some((name) => !Number.isFinite(+name)));
  if (metric !== null && isRegressionMetric(metric) && words !== undefined)
    return `cannot measure ${metric} on the target "${words.name}", whose values are no numbers`;
  const inTest = new Set(test.columns.map(({ name }) => name));
  const isTarget = new Set(targets.map(({ name }) => name));
  const shared = train.columns.filter(
    ({ name, kind }) => inTest.has(name) && !isTarget.has(name) && kind !== "empty",
  );
  if (shared.length === 0)
    return "needs columns that training and test table share, and found none";
  return null;
}
