import { expect, test } from "vitest";
import { directionIn, metricNamed, metricsIn } from "../../src/core/metric.ts";
import { METRICS } from "../../src/core/metric-table.ts";

test.each([
  ["RMSE", "rmse"],
  ["root_mean_squared_error", "rmse"],
  ["Root Mean Squared Error (RMSE)", "rmse"],
  ["the root-mean-square error", "rmse"],
  ["mean columnwise root mean squared error", "rmse"],
  ["MCRMSE", "rmse"],
  ["root mean squared logarithmic error", "rmsle"],
  ["mean squared error", "mse"],
  ["Mean Absolute Error", "mae"],
  ["SMAPE", "smape"],
  ["R²", "r2"],
  ["R^2", "r2"],
  ["categorization accuracy", "accuracy"],
  ["balanced accuracy", "balanced_accuracy"],
  ["F1", "f1"],
  ["F1-score", "f1"],
  ["Macro-F1", "f1_macro"],
  ["weighted F1 score", "f1_weighted"],
  ["mean F1-score", "f1_samples"],
  ["AUC", "roc_auc"],
  ["ROC-AUC", "roc_auc"],
  ["area under the ROC curve", "roc_auc"],
  ["mean column-wise ROC AUC", "roc_auc"],
  ["area under the precision-recall curve", "average_precision"],
  ["logloss", "log_loss"],
  ["multi-class logarithmic loss", "log_loss"],
  ["cross-entropy", "log_loss"],
  ["Brier score", "brier"],
  ["QWK", "quadratic_kappa"],
  ["quadratic weighted kappa", "quadratic_kappa"],
  ["Matthews correlation coefficient (MCC)", "mcc"],
  ["MAP@3", "map_at_k"],
  ["mean average precision at 5", "map_at_k"],
  ["NDCG@10", "ndcg"],
  ["word error rate", "wer"],
])("%s is %s", (text, name) => {
  expect(metricNamed(text)?.name).toBe(name);
});

test.each([
  "weighted log loss",
  "modified AUC",
  "logarithm of the mean absolute error",
  "modified version of the F1 score",
  "RMSE and MAE",
  "accuracy of the nearest neighbour",
  "profit",
  "",
])("%j is no metric known by name", (text) => {
  expect(metricNamed(text)).toBeNull();
});

test("every metric is found by its own name and each alias belongs to one metric", () => {
  const aliases = METRICS.flatMap((metric) => metric.aliases);
  expect(new Set(aliases).size).toBe(aliases.length);
  for (const metric of METRICS) expect(metricNamed(metric.name)).toBe(metric);
});

test("errors and losses are to be small, all else large", () => {
  const small = METRICS.filter(({ direction }) => direction === "minimize").map(({ name }) => name);
  expect(small).toMatchInlineSnapshot(`
    [
      "rmse",
      "rmsle",
      "mse",
      "msle",
      "mae",
      "medae",
      "mape",
      "smape",
      "wape",
      "pinball",
      "hamming_loss",
      "error_rate",
      "log_loss",
      "brier",
      "wer",
      "cer",
      "levenshtein",
      "kl_divergence",
      "hausdorff",
      "crps",
    ]
  `);
});

const mentioned = (prose: string) => metricsIn(prose).map((metric) => metric?.name ?? null);

test("the longest name at a place is the one that is meant", () => {
  expect(mentioned("The root mean squared error, then the mean squared error.")).toEqual([
    "rmse",
    "mse",
  ]);
});

test("a qualified name is a metric we do not know", () => {
  expect(mentioned("A weighted log loss, not the log loss.")).toEqual([null, "log_loss"]);
});

test("names are found only as whole words", () => {
  expect(mentioned("The Mayor of Dicey likes maerl and aucuba.")).toEqual([]);
});

test.each([
  ["Metric: RMSLE (lower is better).", "minimize"],
  ["Lower scores are better", "minimize"],
  ["the lower the better", "minimize"],
  ["Direction: minimize", "minimize"],
  ["Higher values of it are better.", "maximize"],
  ["concordance (maximise)", "maximize"],
  ["Higher is better for one, lower is better for the other.", null],
  ["Minimize the cost of transport.", null],
  ["Predict the price.", null],
])("%j says %s", (prose, direction) => {
  expect(directionIn(prose)).toBe(direction);
});
