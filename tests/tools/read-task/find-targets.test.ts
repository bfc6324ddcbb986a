import { expect, test } from "vitest";
import { readTask } from "../../../tools/read-task/read-task.ts";
import { makeFolder } from "./make-folder.ts";

const targetsOf = async (files: Record<string, string>, description = "Metric: accuracy") => {
  const { draft } = await readTask(makeFolder({ "task.md": description, ...files }));
  return {
    targets: draft.targets.map(({ name }) => name),
    ids: draft.submission.idColumns,
    draft,
  };
};

test("what the sample has and the test table lacks is the target", async () => {
  const found = await targetsOf({
    "train.csv": "id,x,casual,count,price\n1,2,3,4,5\n2,1,5,1,2\n",
    "test.csv": "id,x\n3,4\n",
    "sample_submission.csv": "id,count,price\n3,0,0\n",
  });
  expect(found).toMatchObject({ targets: ["count", "price"], ids: ["id"] });
});

test("a target column that the test table leaves empty is to be filled in", async () => {
  const found = await targetsOf({
    "train.csv": "id,x,y\n1,2,a\n2,3,b\n",
    "test.csv": "id,x,y\n3,4,\n4,5,\n",
    "sample_submission.csv": "id,y\n3,a\n4,a\n",
  });
  expect(found).toMatchObject({ targets: ["y"], ids: ["id"] });
});

test.each([
  { title: "their names", header: "id,high,low,mid" },
  { title: "their names after the column's", header: "id,level_high,level_low,level_mid" },
])("a sample with a column per class is known by $title", async ({ header }) => {
  const { draft } = await targetsOf(
    {
      "train.csv": "id,x,level,note\n1,2,low,a\n2,3,high,b\n3,1,mid,c\n",
      "test.csv": "id,x\n4,5\n",
      "sample_submission.csv": `${header}\n4,0.3,0.3,0.4\n`,
    },
    "Metric: log loss",
  );
  expect(draft.targets).toEqual([
    { name: "level", kind: "multiclass", classes: ["high", "low", "mid"], positive: null },
  ]);
  expect(draft.submission).toMatchObject({ idColumns: ["id"], columns: header.split(",") });
});

test("a sample may call the prediction by another name than the training table", async () => {
  const found = await targetsOf({
    "train.csv": "Id,x,label\n1,2,a\n2,3,b\n",
    "test.csv": "Id,x\n3,4\n",
    "sample_submission.csv": "Id,Expected\n3,a\n",
  });
  expect(found).toMatchObject({ targets: ["label"], ids: ["Id"] });
});

test("without a sample the form follows from the test table", async () => {
  const { draft } = await targetsOf({
    "train.csv": "house_id,x,sold\n1,2,yes\n2,3,no\n",
    "test.csv": "house_id,x\n3,4\n4,1\n5,1\n",
  });
  expect(draft.submission).toEqual({
    sample: null,
    columns: ["house_id", "sold"],
    idColumns: ["house_id"],
    rows: 3,
  });
});

test.each([
  "Predict the number of bikes, `count`, for each hour.",
  "The target column is `count`.",
  "Predict the count.",
  "Target: count",
])("%j names the target among several columns", async (words) => {
  const found = await targetsOf(
    {
      "train.csv": "x,casual,registered,count\n1,2,3,5\n2,4,5,9\n",
      "test.csv": "x\n1\n",
    },
    `${words}\n\nMetric: RMSE`,
  );
  expect(found.targets).toEqual(["count"]);
});

test("a task without its targets in a column is no error", async () => {
  const found = await targetsOf({
    "train.csv": "image,xmin,xmax,kind\na.jpg,1,2,cat\nb.jpg,1,2,dog\n",
    "test.csv": "image\nc.jpg\n",
    "sample_submission.csv": "image,boxes\nc.jpg,1 2 cat\n",
  });
  expect(found).toMatchObject({ targets: [], ids: ["image"] });
});

test("task.yaml fixes targets and ids", async () => {
  const found = await targetsOf({
    "train.csv": "a,b,x,y\n1,1,2,3\n1,2,3,4\n",
    "test.csv": "a,b,x\n2,1,3\n",
    "sample_submission.csv": "a,b,x,y\n2,1,3,0\n",
    "task.yaml": "target: [y]\nid: [a, b]\n",
  });
  expect(found).toMatchObject({ targets: ["y"], ids: ["a", "b"] });
});

test("ids made up by the sample are not looked for in the test table", async () => {
  const found = await targetsOf({
    "train.csv": "x,y\n1,a\n2,b\n",
    "test.csv": "x\n3\n4\n",
    "sample_submission.csv": "row_id,y\n0_a,a\n1_a,a\n",
  });
  expect(found.ids).toEqual(["row_id"]);
});
