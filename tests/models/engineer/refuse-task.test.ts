import { expect, test } from "vitest";
import { offlineModel } from "../../../src/models/engineer/offline-model.ts";
import { refuseTask } from "../../../src/models/engineer/refuse-task.ts";
import { noise, tinyTask } from "./tiny-task.ts";

const { task } = await tinyTask({
  metric: "accuracy",
  features: (row) => ({ size: noise(row) }),
  targets: (row) => ({ big: noise(row) > 0.5 ? "yes" : "no" }),
});

const question = { role: "planning" as const, at: "task", parts: {}, prompt: "" };

/** A test table in which nothing can be the name of a file. */
const unnamed = task.test && {
  ...task.test,
  columns: task.test.columns.filter(({ name }) => name !== "id"),
};

test("a table with a target is accepted", () => {
  expect(refuseTask(task)).toBeNull();
});

test("one table is enough where rows of it are held back, not where a sample asks for others", () => {
  const alone = { ...task, test: null, submission: { ...task.submission, sample: null } };
  expect(refuseTask(alone)).toBeNull();
  expect(refuseTask({ ...task, test: null })).toContain("one table with the target");
});

test.each([
  { change: { modality: "image" as const, test: unnamed }, reason: "names each row's picture" },
  { change: { modality: "audio" as const, test: unnamed }, reason: "names each row's sound" },
  { change: { modality: "other" as const }, reason: "other kinds of data" },
  { change: { train: null }, reason: "one table with the target" },
  { change: { targets: [] }, reason: "target as a column" },
  { change: { metric: "ndcg" }, reason: 'metric "ndcg"' },
  { change: { metric: "rmse" }, reason: "no numbers" },
])("$reason: refused in one sentence that names the flag", ({ change, reason }) => {
  const sentence = refuseTask({ ...task, ...change });
  expect(sentence).toContain(reason);
  expect(sentence).toMatch(/^The built-in engineer [^.]*--model provider:name\.$/);
});

test("an agent without a rule is an error, not a silent answer", async () => {
  const ask = { ...question, agent: "oracle", input: {} };
  await expect(offlineModel().text(ask)).rejects.toThrow(/oracle: not for the built-in engineer/);
});
