import { expect, test } from "vitest";
import { openTable } from "../../../tools/read-task/csv-file.ts";
import { profileColumns } from "../../../tools/read-task/profile-table.ts";
import { targetOf } from "../../../tools/read-task/target-of.ts";
import { makeFolder } from "./make-folder.ts";

const target = async (cells: readonly (string | number)[], metric: string | null) => {
  const folder = makeFolder({ "t.csv": `x,y\n${cells.map((value) => `1,${value}\n`).join("")}` });
  const [values] = await profileColumns(await openTable(folder, "t.csv"), ["y"]);
  if (values === undefined) throw new Error("no column");
  return targetOf(values, metric);
};
const upTo = (end: number) => Array.from({ length: end }, (_, index) => index);

test.each([
  {
    title: "two numbers",
    values: [1, 0, 1],
    metric: "log_loss",
    kind: "binary",
    classes: ["0", "1"],
  },
  {
    title: "numbers written as fractions",
    values: ["1.0", "10.0", "2.0"],
    metric: "accuracy",
    kind: "multiclass",
    classes: ["1", "2", "10"],
  },
  {
    title: "truth values",
    values: ["True", "False"],
    metric: "roc_auc",
    kind: "binary",
    classes: ["False", "True"],
  },
  {
    title: "words",
    values: ["b", "a", "C"],
    metric: "f1_macro",
    kind: "multiclass",
    classes: ["C", "a", "b"],
  },
  {
    title: "grades under kappa",
    values: [3, 1, 2],
    metric: "quadratic_kappa",
    kind: "multiclass",
    classes: ["1", "2", "3"],
  },
  {
    title: "few numbers under an error",
    values: [1, 2, 3],
    metric: "mae",
    kind: "regression",
    classes: [],
  },
  {
    title: "two numbers under an error",
    values: [0, 1],
    metric: "rmse",
    kind: "regression",
    classes: [],
  },
  {
    title: "many numbers under a label metric",
    values: upTo(50),
    metric: "accuracy",
    kind: "multiclass",
    classes: upTo(50).map(String),
  },
  {
    title: "many fractions under AUC",
    values: upTo(50).map((value) => value / 64),
    metric: "roc_auc",
    kind: "regression",
    classes: [],
  },
  {
    title: "many numbers without a metric",
    values: upTo(50),
    metric: null,
    kind: "regression",
    classes: [],
  },
  {
    title: "few numbers without a metric",
    values: [1, 2, 3],
    metric: null,
    kind: "multiclass",
    classes: ["1", "2", "3"],
  },
])("$title: $kind", async ({ values, metric, kind, classes }) => {
  expect(await target(values, metric)).toEqual({ name: "y", kind, classes, positive: null });
});

test("texts without end are no list of classes", async () => {
  const values = upTo(20_100).map((index) => `text ${index}`);
  expect((await target(values, "bleu")).classes).toEqual([]);
});

test("classes are counted to the end of the table", async () => {
  const values = [...upTo(120_000).map(() => "common"), "rare"];
  expect((await target(values, "accuracy")).classes).toEqual(["common", "rare"]);
});
