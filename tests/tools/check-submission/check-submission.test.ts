import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { submissions } from "../../../tools/check-submission/check-submission.ts";
import { readTask } from "../../../tools/read-task/read-task.ts";
import { makeFolder, rentTask } from "../read-task/make-folder.ts";

test("the sample is read once: what happens to it later changes nothing", async () => {
  const task = makeFolder(rentTask);
  const { check } = submissions(await readTask(task));
  const attempt = makeFolder({ "submission.csv": "id,rent\n5,600\n6,700\n" });
  const path = join(attempt, "submission.csv");
  expect(await check(path)).toEqual({ valid: true, problem: null });
  rmSync(join(task, "sample_submission.csv"));
  expect(await check(path)).toEqual({ valid: true, problem: null });
});
