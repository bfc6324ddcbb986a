import { expect, test } from "vitest";
import { SettingsError } from "../../../src/core/errors.ts";
import { TaskAnalystAnswer } from "../../../src/core/questions.ts";
import { offlineModel } from "../../../src/models/offline/offline-model.ts";
import { refuseTask } from "../../../src/models/offline/refuse-task.ts";
import { noise, tinyTask } from "./tiny-task.ts";

const { task } = await tinyTask({
  metric: "accuracy",
  features: (row) => ({ size: noise(row) }),
  targets: (row) => ({ big: noise(row) > 0.5 ? "yes" : "no" }),
});

test("a table with a target is accepted", () => {
  expect(refuseTask(task)).toBeNull();
});

test.each([
  { change: { modality: "image" as const }, reason: "images" },
  { change: { modality: "audio" as const }, reason: "audio" },
  { change: { train: null }, reason: "one table with the target" },
  { change: { targets: [] }, reason: "target as a column" },
  { change: { metric: "ndcg" }, reason: 'metric "ndcg"' },
  { change: { metric: "rmse" }, reason: "no numbers" },
])("$reason: refused in one sentence that names the flag", ({ change, reason }) => {
  const sentence = refuseTask({ ...task, ...change });
  expect(sentence).toContain(reason);
  expect(sentence).toMatch(/^The built-in engineer [^.]*--model provider:name\.$/);
});

test("what the description does not say is asked of the user, field by field", async () => {
  const asked = (draft: object) =>
    offlineModel().data({
      agent: "task-analyst",
      at: "task",
      prompt: "",
      input: { at: "task", draft: { ...task, ...draft }, settings: { instructions: "" } },
      schema: TaskAnalystAnswer,
    });
  await expect(asked({ metric: null })).rejects.toThrow(SettingsError);
  await expect(asked({ metric: null })).rejects.toThrow(/"metric: rmse" to task.yaml/);
  await expect(asked({ direction: null })).rejects.toThrow(/"direction: minimize" to task.yaml/);
  await expect(asked({ modality: null })).resolves.toMatchObject({ modality: "tabular" });
});

test("an agent without a rule is an error, not a silent answer", async () => {
  const ask = { agent: "oracle", at: "task", prompt: "", input: {} };
  await expect(offlineModel().text(ask)).rejects.toThrow(/no rule for this agent/);
});
