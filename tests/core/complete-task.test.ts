import { expect, test } from "vitest";
import { completeTask, fillDraft } from "../../src/core/complete-task.ts";
import type { TaskDraft } from "../../src/core/task.ts";

const draft: TaskDraft = {
  name: "rents",
  description: "Predict rents.",
  metric: null,
  direction: null,
  modality: "tabular",
  targets: [],
  train: null,
  test: null,
  otherTables: [],
  submission: { sample: null, columns: ["rent"], idColumns: [], rows: 2 },
  profile: "",
  timeLimitSeconds: null,
};
const answer = {
  metric: "mae",
  direction: "minimize" as const,
  modality: "text" as const,
};

test("a draft with a gap is no task yet", () => {
  expect(completeTask(draft)).toBeNull();
  const known = { ...draft, metric: "rmse", direction: "minimize" as const };
  expect(completeTask(known)).toEqual(known);
});

test("only the gaps are filled from an answer", () => {
  expect(fillDraft(draft, answer)).toEqual({
    ...draft,
    metric: "mae",
    direction: "minimize",
    modality: "tabular",
  });
});

test("an answer without a metric is refused with the fields to add", () => {
  expect(() => fillDraft(draft, { ...answer, metric: " " })).toThrow(
    /rents: .* add "metric:" and "direction:" to its task\.yaml/,
  );
});
