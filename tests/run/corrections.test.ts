import { join } from "node:path";
import { expect, test } from "vitest";
import { Settings } from "../../src/core/settings.ts";
import { createRun } from "../../src/record/run-record.ts";
import { admitRun, readmitRun } from "../../src/run/admission.ts";
import { makeFolder, rentTask } from "../tools/read-task/make-folder.ts";

test("a resumption reads the task as its flags put it right", async () => {
  const taskFolder = makeFolder({ ...rentTask, "task.yaml": "holdout: 0.2\n" });
  const runsFolder = join(makeFolder({}), "runs");
  const corrections = {
    metric: "mae",
    split: { kind: "group", by: "city" },
    drop: ["area"],
  } as const;
  const { record, reading } = await admitRun(
    {
      taskFolder,
      model: "offline",
      settings: Settings.parse({}),
      corrections: { ...corrections, drop: ["area"] },
    },
    { runsFolder, environment: {} },
  );
  createRun(runsFolder, record);
  const again = await readmitRun(record.runId, runsFolder);
  expect(again.reading).toEqual(reading);
  expect(again.reading).toMatchObject({ draft: { metric: "mae" }, corrections });
  expect(again.record.settings.holdout).toBe(0.2);
});
