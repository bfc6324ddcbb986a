import { expect, test } from "vitest";
import { readTask } from "../../../tools/read-task/read-task.ts";
import { openTaskFolder } from "../../../tools/read-task/task-folder.ts";
import { readTaskYaml } from "../../../tools/read-task/task-yaml.ts";
import { makeFolder } from "./make-folder.ts";

const read = async (files: Record<string, string>) => {
  const { folder, files: listed } = openTaskFolder(makeFolder(files));
  return readTaskYaml(folder, listed);
};

test("all fields are optional, and names may be numbers", async () => {
  expect(await read({ "x.csv": "" })).toEqual({});
  expect(await read({ "task.yaml": "# nothing yet\n" })).toEqual({});
  expect(await read({ "task.yml": "target: 2024\nid: [a, b]" })).toEqual({
    target: ["2024"],
    id: ["a", "b"],
  });
});

test.each([
  { text: "7200", seconds: 7200 },
  { text: "90s", seconds: 90 },
  { text: "30 min", seconds: 1800 },
  { text: "2h", seconds: 7200 },
  { text: "1.5 Hours", seconds: 5400 },
  { text: "1d", seconds: 86_400 },
])("a time limit of $text is $seconds seconds", async ({ text, seconds }) => {
  expect(await read({ "task.yaml": `time_limit: ${text}` })).toEqual({ time_limit: seconds });
});

test.each([
  { text: "metrics: rmse", says: /no field "metrics"; the fields are name, metric, direction/ },
  { text: "direction: up", says: /"direction" must be minimize or maximize/ },
  { text: "modality: smell", says: /"modality" must be one of tabular, text/ },
  { text: "time_limit: soon", says: /"time_limit" must be seconds, or a text such as "2h"/ },
  { text: "time_limit: -5", says: /"time_limit" must be seconds/ },
  { text: "target: []", says: /"target" must be a name or a list of names/ },
  { text: "metric: [a]", says: /"metric" must be a name/ },
  { text: "- metric", says: /it must be a list of fields/ },
  { text: "metric: 'x", says: /is not valid YAML \(.*\); correct it/ },
])("$text is refused", async ({ text, says }) => {
  await expect(read({ "task.yaml": text })).rejects.toThrow(says);
});

test("two of them are one too many", async () => {
  await expect(read({ "task.yaml": "", "task.yml": "" })).rejects.toThrow(
    /has both task\.yaml and task\.yml/,
  );
});

test("a table that it names must be there", async () => {
  const folder = makeFolder({ "task.md": "x", "a.csv": "x\n1\n", "task.yaml": "train: b.csv" });
  await expect(readTask(folder)).rejects.toThrow(
    /"train" names b\.csv, which is no CSV or TSV file/,
  );
});

const named = {
  "task.md": "Predict `y`. Metric: AUC.",
  "train.csv": "id,g,when,x,y\n1,a,2020,3,no\n2,b,2021,4,yes\n",
  "test.csv": "id,g,when,x\n3,a,2020,5\n",
  "sample_submission.csv": "id,y\n3,0.5\n",
};

test("what is put right is kept, a flag over task.yaml, and dropped columns are gone", async () => {
  const yaml =
    "metric: f1\nsplit: group:g\nunit: g\nfolds: when\nholdout: 0.2\ndrop: x\npositive: no\n";
  const folder = makeFolder({ ...named, "task.yaml": yaml });
  const flags = { metric: "accuracy", split: { kind: "time", by: "when" } as const };
  const { draft, corrections } = await readTask(folder, { corrections: flags });
  const kept = { unit: "g", folds: "when", holdout: 0.2, drop: ["x"], positive: "no" };
  expect(corrections).toEqual({ ...kept, ...flags });
  expect(draft).toMatchObject({ metric: "accuracy", targets: [{ name: "y", positive: "no" }] });
  expect(draft.train?.columns.map(({ name }) => name)).toEqual(["id", "g", "when", "y"]);
});

test("a metric of one's own is a file of the folder: its source is told, the file is no data", async () => {
  const source = "def score(truth, prediction):\n    return 1.0\n";
  const files = { ...named, "own.py": source, "task.yaml": "metric: own.py\npredicts: labels\n" };
  const direction = "minimize" as const;
  const { draft, corrections } = await readTask(makeFolder(files), { corrections: { direction } });
  expect(draft).toMatchObject({ metric: "own.py", direction });
  expect(corrections).toMatchObject({ direction, predicts: "labels" });
  expect(draft.profile).toContain(source.trim());
  expect(draft.profile).not.toContain("- own.py");
});

test.each([
  { text: "split: sideways", says: /"split" must be random, stratified, group:<column>/ },
  { text: "split: group", says: /"split" must be random/ },
  { text: "holdout: 2", says: /"holdout" must be auto, none, or a share/ },
  {
    text: "split: time:day",
    says: /^task\.yaml, split: "day" is no column of train\.csv; .* id, g, when, x, y$/,
  },
  { text: "metric: own.py", says: /add "direction: minimize" or .* \(or --direction\)$/ },
  {
    text: "metric: own.py\ndirection: maximize",
    says: /^task\.yaml, metric: there is no file own\.py in/,
  },
  {
    text: "metric: other.py\ndirection: maximize",
    says: /^task\.yaml, metric: other\.py has no function score/,
  },
  { text: "unit: house", says: /^task\.yaml, unit: "house" is no column/ },
  { text: "folds: part", says: /^task\.yaml, folds: "part" is no column/ },
  { text: "drop: [x, z]", says: /^task\.yaml, drop: "z" is no column of train\.csv/ },
  { text: "drop: id", says: /^task\.yaml, drop: "id" is a column of sample_submission\.csv/ },
  {
    text: "positive: maybe",
    says: /^task\.yaml, positive: "maybe" is no class; the classes are no, yes$/,
  },
  { text: "target: x\npositive: 1", says: /^task\.yaml, positive: .*target of two classes|target/ },
])("$text is refused with what there is", async ({ text, says }) => {
  const folder = makeFolder({ ...named, "other.py": "x = 1\n", "task.yaml": text });
  await expect(readTask(folder)).rejects.toThrow(says);
});
