import { expect, test } from "vitest";
import { readMetric } from "../../../tools/read-task/read-metric.ts";
import { type TaskYaml, withFlags } from "../../../tools/read-task/task-yaml.ts";

const read = (text: string, yaml: TaskYaml) => readMetric(text, withFlags(yaml, {}));

const section = (text: string, heading = "## Evaluation") =>
  `# A task\n\nWe want the best accuracy there is, or a low MAE.\n\n${heading}\n\n${text}\n\n## Data\n\nSee the AUC of last year.`;

test.each([
  { text: section("Submissions are evaluated on area under the ROC curve."), metric: "roc_auc" },
  {
    text: section("Submissions are scored by the Root-Mean-Squared-Error (RMSE)."),
    metric: "rmse",
  },
  {
    text: section(
      "Submissions are evaluated on the RMSE between the logarithm of the predicted value and the logarithm of the observed price.",
    ),
    metric: "rmsle",
  },
  { text: section("Accuracy.", "### Metric"), metric: "accuracy" },
  { text: section("quadratic_weighted_kappa", "# Metric"), metric: "quadratic_kappa" },
  {
    text: section(
      "We use the mean column-wise log loss. The metric punishes confident errors. Unlike accuracy, it wants probabilities.",
    ),
    metric: "log_loss",
  },
  {
    text: section("The metric is MAP@5. It is described under precision at k."),
    metric: "map_at_k",
  },
  { text: "Tell the digits apart. Metric: accuracy (higher is better).", metric: "accuracy" },
  { text: "Tell the digits apart.\n\n**Metric**: Macro-F1", metric: "f1_macro" },
  { text: "Predict rents. Your score is the mean absolute error.", metric: "mae" },
  { text: "Predict rents with a low RMSE.", metric: "rmse" },
  { text: section("Metric: Log loss.\n\nTies are broken by accuracy."), metric: "log_loss" },
])("$metric is read", ({ text, metric }) => {
  expect(read(text, {}).metric).toBe(metric);
});

test.each([
  { title: "no metric", text: "Predict rents.", direction: null },
  { title: "an everyday word", text: "Predict rents with great accuracy.", direction: null },
  { title: "two metrics at once", text: section("Scored by RMSE and MAE."), direction: null },
  {
    title: "a variant of a known one",
    text: section("Scored by weighted log loss."),
    direction: null,
  },
  {
    title: "a contradiction",
    text: section("Submissions are scored by accuracy (lower is better)."),
    direction: "minimize",
  },
  {
    title: "an unknown metric with its direction",
    text: section("Metric: the profit made (higher is better)."),
    direction: "maximize",
  },
])("$title leaves the metric open", ({ text, direction }) => {
  expect(read(text, {})).toMatchObject({ metric: null, direction });
});

test("task.yaml names the metric in any of its spellings", () => {
  expect(read("", { metric: "root mean squared error" })).toMatchObject({
    metric: "rmse",
    direction: "minimize",
  });
});

test("task.yaml wins over the description", () => {
  expect(read("Metric: accuracy", { metric: "F1" }).metric).toBe("f1");
});

test("a metric of the task's own needs its direction", () => {
  expect(() => read("", { metric: "profit" })).toThrow(
    /^task\.yaml, metric: "profit" is not known by name; add "direction: minimize" or "direction: maximize"/,
  );
  expect(read("", { metric: "profit", direction: "maximize" })).toMatchObject({
    metric: "profit",
    direction: "maximize",
  });
});

test("a direction that contradicts the metric is refused", () => {
  expect(() => read("", { metric: "rmse", direction: "maximize" })).toThrow(
    /direction: maximize contradicts the metric rmse/,
  );
});

test("task.yaml may add the direction that a description leaves open", () => {
  expect(read("Predict rents.", { direction: "minimize" })).toMatchObject({
    metric: null,
    direction: "minimize",
  });
});
