import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { submissions } from "../../../tools/check-submission/check-submission.ts";
import { readTask } from "../../../tools/read-task/read-task.ts";
import { makeFolder } from "../read-task/make-folder.ts";

const tasks = {
  value: {
    "task.md": "Metric: RMSE",
    "train.csv": "id,x,y\n1,2,3.5\n2,3,4\n",
    "test.csv": "id,x\na7,1\na8,2\na9,3\n",
    "sample_submission.csv": "id,y\na7,0\na8,0\na9,0\n",
  },
  label: {
    "task.md": "Metric: accuracy",
    "train.csv": "id,x,y\n1,2,cat\n2,3,dog\n3,4,elk\n",
    "test.csv": "id,x\n7,1\n8,2\n9,3\n",
    "sample_submission.csv": "id,y\n7,cat\n8,cat\n9,cat\n",
  },
  probability: {
    "task.md": "Metric: log loss",
    "train.csv": "id,x,y\n1,2,cat\n2,3,dog\n3,4,elk\n",
    "test.csv": "id,x\n7,1\n8,2\n9,3\n",
    "sample_submission.csv": "id,cat,dog,elk\n7,0.3,0.3,0.4\n8,0.3,0.3,0.4\n9,0.3,0.3,0.4\n",
  },
  number: {
    "task.md": "Metric: accuracy",
    "train.csv": "x,y\n2,1\n3,2\n",
    "test.csv": "x\n7\n8\n9\n",
    "sample_submission.csv": "y\n1\n1\n1\n",
  },
  bare: {
    "task.md": "Metric: AUC",
    "train.csv": "row_id,x,y\n1,2,0\n2,3,1\n",
    "test.csv": "row_id,x\n7,1\n8,2\n9,3\n",
  },
  mask: {
    "task.md": "Metric: Dice coefficient",
    "train.csv": "image,x,mask\na,1,1 5\nb,2,\n",
    "test.csv": "image,x\nc,1\nd,2\ne,3\n",
    "sample_submission.csv": "image,mask\nc,1 1\nd,\ne,\n",
  },
};

async function check(task: keyof typeof tasks, submission: string | null) {
  const path = join(makeFolder({}), "submission.csv");
  if (submission !== null) writeFileSync(path, submission);
  return submissions(await readTask(makeFolder(tasks[task]))).check(path);
}

test.each([
  { task: "value", submission: "id,y\na7,1\na8,2.5\na9,-1e3\n" },
  { task: "value", submission: "id,y\r\na7,1\r\na8,1\r\na9,2" },
  { task: "label", submission: "id,y\n7,cat\n8,elk\n9,dog\n" },
  { task: "label", submission: "id,y\n7.0,dog\n8.0,dog\n9.0,dog\n" },
  { task: "probability", submission: "id,cat,dog,elk\n7,0,0.5,0.5\n8,0,1,0\n9,0,0,1\n" },
  { task: "number", submission: "y\n1.0\n2.0\n1\n" },
  { task: "bare", submission: "row_id,y\n7,0.5\n8,3\n9,-1\n" },
  { task: "mask", submission: "image,mask\nc,\nd,1 2\ne,\n" },
] as const)("a good submission of kind $task is valid", async ({ task, submission }) => {
  expect(await check(task, submission)).toEqual({ valid: true, problem: null });
});

test("an absent submission is no verdict", async () => {
  expect(await check("value", null)).toBeNull();
});

test.each([
  { task: "value", submission: "", says: /final\/submission\.csv is empty/ },
  {
    task: "value",
    submission: "id,y\n",
    says: /has 0 rows where sample_submission\.csv has 3: predict every row/,
  },
  {
    task: "value",
    submission: "y,id\n1,a7\n",
    says: /columns y, id where sample_submission\.csv has id, y: write them in that order/,
  },
  {
    task: "value",
    submission: "id,Y\na7,1\n",
    says: /columns id, Y where .*: write exactly these$/,
  },
  { task: "value", submission: ",id,y\n0,a7,1\n", says: /without the index \(index=False\)/ },
  { task: "value", submission: "id;y\na7;1\n", says: /has the columns id;y where/ },
  { task: "value", submission: "id,y\na7,1\na8,2\n", says: /has 2 rows where/ },
  { task: "value", submission: "id,y\na7,1\na8,2\na9,3\na9,3\n", says: /has 4 rows where/ },
  {
    task: "value",
    submission: "id,y\na8,1\na7,2\na9,3\n",
    says: /the right ids \(id\) in another order/,
  },
  {
    task: "value",
    submission: "id,y\na7,1\na8,2\na0,3\n",
    says: /row 3 of .* has the id a0 \(id\) where a9 belongs/,
  },
  {
    task: "value",
    submission: "id,y\na7,1\na7,2\na9,3\n",
    says: /row 2 of .* has the id a7 \(id\) where a8 belongs/,
  },
  {
    task: "value",
    submission: "id,y\na7,1\na8,\na9,3\n",
    says: /column y of .* is empty in row 2/,
  },
  {
    task: "value",
    submission: "id,y\na7,1\na8,nan\na9,3\n",
    says: /column y of .* is empty in row 2/,
  },
  {
    task: "value",
    submission: "id,y\na7,1\na8,inf\na9,3\n",
    says: /column y of .* is infinite in row 2/,
  },
  {
    task: "value",
    submission: "id,y\na7,1\na8,[2]\na9,3\n",
    says: /column y of .* has "\[2\]" in row 2: write numbers only/,
  },
  {
    task: "value",
    submission: "id,y\na7,2\na8,2.0\na9,2\n",
    says: /predicts 2 for every row \(column y\)/,
  },
  { task: "value", submission: "id,y\na7,1\na8,2,3\n", says: /line 3 has 3 fields/ },
  { task: "value", submission: "id,y\na7,\u0000\n", says: /binary data/ },
  {
    task: "label",
    submission: "id,y\n7,cat\n8,cow\n9,dog\n",
    says: /has "cow" in row 2, which is none of the classes cat, dog, elk/,
  },
  {
    task: "number",
    submission: "y\n1\n1.5\n2\n",
    says: /has "1\.5" in row 2, which is none of the classes 1, 2/,
  },
  {
    task: "probability",
    submission: "id,cat,dog,elk\n7,0,0.5,0.5\n8,-1,1,1\n9,0,0,1\n",
    says: /column cat of .* has -1 in row 2: write probabilities from 0 to 1/,
  },
  { task: "bare", submission: "row_id,y\n7,0.5\n9,0.2\n8,0.1\n", says: /right ids/ },
  { task: "bare", submission: "row_id,y\n7,yes\n8,no\n9,no\n", says: /write numbers only/ },
] as const)("a submission of kind $task is refused: $says", async ({ task, submission, says }) => {
  const verdict = await check(task, submission);
  expect(verdict?.valid).toBe(false);
  expect(verdict?.problem).toMatch(says);
  expect(verdict?.problem).not.toContain("\n");
});

test("one label for many rows is refused, for a few it may be right", async () => {
  const rows = (count: number, value: (row: number) => string) =>
    Array.from({ length: count }, (_, row) => `${value(row)}\n`).join("");
  const judge = async (count: number) => {
    const task = {
      "task.md": "Metric: accuracy",
      "train.csv": "x,y\n1,a\n2,b\n",
      "test.csv": `x\n${rows(count, String)}`,
      "sample_submission.csv": `y\n${rows(count, () => "a")}`,
    };
    const attempt = makeFolder({ "submission.csv": `y\n${rows(count, () => "b")}` });
    return submissions(await readTask(makeFolder(task))).check(join(attempt, "submission.csv"));
  };
  expect(await judge(9)).toEqual({ valid: true, problem: null });
  expect((await judge(10))?.problem).toMatch(/predicts b for every row/);
});
