import { mkdirSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TaskDraft } from "../../../src/core/task.ts";
import { readTask } from "../../../tools/read-task/read-task.ts";
import { makeFolder, rentTask } from "./make-folder.ts";

test("a folder with description, tables and sample is read without a question left", async () => {
  const { draft } = await readTask(makeFolder(rentTask));
  expect(TaskDraft.parse(draft)).toMatchObject({
    metric: "rmse",
    direction: "minimize",
    modality: "tabular",
    targets: [{ name: "rent", kind: "regression", classes: [], positive: null }],
    submission: {
      sample: "sample_submission.csv",
      columns: ["id", "rent"],
      idColumns: ["id"],
      rows: 2,
    },
    timeLimitSeconds: null,
  });
  expect(draft.train).toMatchObject({ path: "train.csv", rows: 4, complete: true, delimiter: "," });
  expect(draft.train?.columns[1]).toEqual({
    name: "area",
    kind: "number",
    integer: false,
    missing: 1,
    distinct: 3,
    examples: ["40.5", "60", "55"],
    min: 40.5,
    max: 60,
    meanLength: 2.7,
  });
});

test("MLE-bench's folder is read from its own root, and what is private stays out", async () => {
  const folder = makeFolder({ "prepared/private/answers.csv": "id,rent\n5,1\n6,2\n" });
  const inner = makeFolder({ ...rentTask, "description.md": rentTask["task.md"] });
  mkdirSync(join(folder, "prepared"), { recursive: true });
  renameSync(inner, join(folder, "prepared", "public"));
  for (const given of [folder, join(folder, "prepared"), join(folder, "prepared", "public")]) {
    const reading = await readTask(given);
    expect(reading.folder).toBe(join(folder, "prepared", "public"));
    expect(reading.files).toContain("train.csv");
    expect(reading.files.join()).not.toContain("answers");
    expect(reading.draft.name).toBe(folder.split("/").at(-1));
  }
});

test("descriptions are preferred in their order, whatever their case", async () => {
  const folder = makeFolder({
    ...rentTask,
    "README.md": "Metric: MAE",
    "Description.MD": "Metric: R2",
  });
  expect((await readTask(folder)).draft.metric).toBe("r2");
});

test("files that hold the answers are withheld, by name or by content", async () => {
  const { files, withheld, draft } = await readTask(
    makeFolder({
      ...rentTask,
      "test_labels.csv": "id,rent\n5,510\n6,690\n",
      "extra/Solution.csv": "id,rent\n5,510\n6,690\n",
      "real.csv": "id,rent,Usage\n5,510,Public\n6,690,Private\n",
      "cities.csv": "city,people\nUlm,130000\nBonn,330000\nKiel,250000\n",
    }),
  );
  const paths = withheld.map(({ path }) => path);
  expect(paths).toEqual(["extra/Solution.csv", "real.csv", "test_labels.csv"]);
  expect(files).toContain("cities.csv");
  expect(files.filter((file) => paths.includes(file))).toEqual([]);
  expect(draft.otherTables.map(({ path }) => path)).toEqual(["cities.csv"]);
  expect(draft.profile).not.toMatch(/real\.csv|olution|test_labels/);
});

test("task.yaml wins over what is inferred", async () => {
  const folder = makeFolder({
    ...rentTask,
    "old_train.csv": rentTask["train.csv"],
    "task.yaml":
      'metric: profit\ndirection: maximize\nmodality: text\ntime_limit: "2h"\nname: flats\ntrain: old_train.csv\n',
  });
  expect((await readTask(folder)).draft).toMatchObject({
    name: "flats",
    metric: "profit",
    direction: "maximize",
    modality: "text",
    timeLimitSeconds: 7200,
    train: { path: "old_train.csv" },
  });
});

test("a metric that the description does not tell stays open", async () => {
  const folder = makeFolder({ ...rentTask, "task.md": "Predict the rent with good accuracy." });
  expect((await readTask(folder)).draft).toMatchObject({ metric: null, direction: null });
});

test("linked files are read, and a link in a circle ends", async () => {
  const elsewhere = makeFolder({ "big.csv": rentTask["train.csv"] });
  const { "train.csv": _, ...rest } = rentTask;
  const folder = makeFolder(rest);
  symlinkSync(join(elsewhere, "big.csv"), join(folder, "train.csv"));
  symlinkSync(folder, join(folder, "again"));
  expect((await readTask(folder)).files).toEqual([
    "sample_submission.csv",
    "task.md",
    "test.csv",
    "train.csv",
  ]);
});

test("hidden files and caches are no part of the task", async () => {
  const folder = makeFolder({
    ...rentTask,
    ".git/HEAD": "x",
    "__pycache__/a.pyc": "x",
    ".DS_Store": "x",
  });
  expect((await readTask(folder)).files).toHaveLength(4);
});
