import { metricNamed } from "../../../core/metric.ts";
import type { TargetKind, Task } from "../../../core/task.ts";

type Python = Readonly<Record<string, string>>;

/** Metrics of numbers, as Python expressions of `truth` and `predicted`. */
const OF_NUMBERS: Python = {
  rmse: "root_mean_squared_error(truth, predicted)",
  mse: "mean_squared_error(truth, predicted)",
  rmsle: "np.sqrt(np.mean((np.log1p(truth) - np.log1p(np.maximum(predicted, 0))) ** 2))",
  mae: "mean_absolute_error(truth, predicted)",
  medae: "median_absolute_error(truth, predicted)",
  mape: "mean_absolute_percentage_error(truth, predicted)",
  r2: "r2_score(truth, predicted)",
};

/** Metrics of labels: probabilities must be turned into decisions first. */
const OF_LABELS: Python = {
  accuracy: "accuracy_score(truth, predicted)",
  balanced_accuracy: "balanced_accuracy_score(truth, predicted)",
  f1: "f1_score(truth, predicted, zero_division=0)",
  f1_macro: 'f1_score(truth, predicted, average="macro", zero_division=0)',
  f1_micro: 'f1_score(truth, predicted, average="micro", zero_division=0)',
  f1_weighted: 'f1_score(truth, predicted, average="weighted", zero_division=0)',
  mcc: "matthews_corrcoef(truth, predicted)",
  quadratic_kappa: 'cohen_kappa_score(truth, predicted, weights="quadratic")',
};

const LABELS = "labels=np.arange(predicted.shape[1])";
const OF_PROBABILITIES: Python = {
  roc_auc: "roc_auc_score(truth, predicted[:, 1])",
  log_loss: `log_loss(truth, predicted, ${LABELS})`,
};

/** Whether the built-in engineer can compute the metric. */
export const knowsMetric = (metric: string): boolean =>
  metric in OF_NUMBERS || metric in OF_LABELS || metric in OF_PROBABILITIES;

/** Whether the metric compares numbers. */
export const isRegressionMetric = (metric: string): boolean => metric in OF_NUMBERS;

/** Whether the metric compares labels, so that probabilities must be turned into decisions. */
export const answersWithLabels = (metric: string): boolean => metric in OF_LABELS;

/** The Python body of `metric(truth, predicted)` for targets of this kind; what stands in for a person's own is turned to its direction. */
export function metricPython(
  { metric, direction }: Pick<Task, "metric" | "direction">,
  kind: TargetKind,
): string {
  const sign = metricNamed(metric)?.direction === direction ? "" : "-";
  const usual = `return ${sign}${{ ...OF_NUMBERS, ...OF_LABELS, ...OF_PROBABILITIES }[metric] ?? "np.nan"}`;
  if (metric === "roc_auc" && kind === "multiclass")
    return `if predicted.shape[1] == 2:
    ${usual}
return roc_auc_score(truth, predicted, multi_class="ovr", ${LABELS})`;
  if (metric === "f1" && kind === "multiclass") return `return ${OF_LABELS["f1_macro"]}`;
  return usual;
}
