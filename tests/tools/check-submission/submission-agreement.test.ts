import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { submissions } from "../../../tools/check-submission/check-submission.ts";
import { readTask } from "../../../tools/read-task/read-task.ts";
import { makeFolder } from "../read-task/make-folder.ts";

const numbers = {
  "task.md": "Metric: RMSE",
  "train.csv": "id,x,y\n1,2,3.5\n2,3,4\n",
  "test.csv": "id,x\na7,1\na8,2\na9,3\n",
  "sample_submission.csv": "id,y\na7,0\na8,0\na9,0\n",
};
const labels = {
  "task.md": "Metric: accuracy",
  "train.csv": "id,x,y\n1,2,cat\n2,3,dog\n",
  "test.csv": "id,x\n7,1\n8,2\n9,3\n10,4\n",
  "sample_submission.csv": "id,y\n7,cat\n8,cat\n9,cat\n10,cat\n",
};

function attempt(submission: string | null): string {
  const path = join(makeFolder({}), "submission.csv");
  if (submission !== null) writeFileSync(path, submission);
  return path;
}

const agreementOn = async (task: Record<string, string>, first: string, second: string | null) =>
  submissions(await readTask(makeFolder(task))).agreement(attempt(first), attempt(second));

test("predicted numbers are compared as numbers, ids are left out", async () => {
  const one = "id,y\na7,1\na8,2\na9,3\n";
  expect(await agreementOn(numbers, one, "id,y\na7,1.0\na8,2e0\na9,3\n")).toBeCloseTo(1);
  expect(await agreementOn(numbers, one, "id,y\na7,3\na8,2\na9,1\n")).toBeCloseTo(-1);
});

test("predicted labels are compared as labels", async () => {
  const one = "id,y\n7,cat\n8,cat\n9,dog\n10,dog\n";
  expect(await agreementOn(labels, one, one)).toBe(1);
  expect(await agreementOn(labels, one, "id,y\n7,cat\n8,dog\n9,dog\n10,dog\n")).toBeCloseTo(0.5);
});

test("without both submissions there is nothing to compare", async () => {
  expect(await agreementOn(numbers, "id,y\na7,1\na8,2\na9,3\n", null)).toBeNull();
  expect(await agreementOn(numbers, "id,y\na7,1\n", "")).toBeNull();
});
