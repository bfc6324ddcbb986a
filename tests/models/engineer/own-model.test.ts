import { expect, test } from "vitest";
import { code } from "./engineer.ts";
import { noise, tinyTask } from "./tiny-task.ts";

const { folder: _, ...common } = await tinyTask({
  metric: "accuracy",
  features: (row) => ({ size: noise(row) }),
  targets: (row) => ({ big: noise(row) > 0.5 ? 1 : 0 }),
});
const description = (exampleCode: string) => ({
  name: "Mine",
  description: "",
  exampleCode,
  sources: [],
});

test("a person's model is taken from the example code, in the form that the task needs", async () => {
  const script = await code("initializer", common, {
    description: description(
      "from sklearn.ensemble import AdaBoostRegressor\nmodel = AdaBoostRegressor(n_estimators=30, random_state=seed)\nmodel.fit(X, y)",
    ),
  });
  expect(script).toContain("from sklearn.ensemble import AdaBoostClassifier");
  expect(script).toContain("AdaBoostClassifier(n_estimators=30)");
});

test.each([
  { what: "code without an estimator", example: "import torch\nnet = torch.nn.Linear(3, 1)" },
  { what: "an estimator that is never made", example: "from sklearn.svm import SVC" },
])("$what is refused with a sentence that says what to write", async ({ example }) => {
  await expect(code("initializer", common, { description: description(example) })).rejects.toThrow(
    /finds no estimator with fit and predict.*"Mine": import one/,
  );
});

test("a model whose package is not installed is refused by the package's name", async () => {
  const workbench = { ...common.workbench, packages: [{ name: "scikit-learn", version: "1.9" }] };
  const asked = code(
    "initializer",
    { ...common, workbench },
    {
      description: description("from ngboost import NGBClassifier\nm = NGBClassifier()"),
    },
  );
  await expect(asked).rejects.toThrow(/needs the Python package ngboost/);
});
