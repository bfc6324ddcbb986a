import { expect, test } from "vitest";
import { commonAt } from "../../graphs/node.ts";
import { table } from "../prompts/task.ts";
import { groundOf } from "../support/fake-measuring.ts";
import { fakePorts, given, settings, task, workbench } from "../support/fake-ports.ts";
import { scriptedModel } from "../support/scripted-model.ts";

const whole = { ...task, test: table("test.csv", 30, ["x"]) };
const seen = { ...whole, test: table("test.csv", 40, ["x"]), profile: "40 rows" };

function told(at: string, { change = {}, asGiven = whole as typeof task } = {}) {
  const ground = { ...groundOf({}), seen };
  const fake = fakePorts(scriptedModel({}).model, {
    settings: { ...settings, ...change },
    prepared: () => ({ task: asGiven, draft: asGiven, ground, workbench }),
  });
  given(fake.journal, "track-1/model-1", "score 5");
  return commonAt(fake.ports, at);
}

test("agents of the search are told of the tables that scripts find, and those of the final run of the task's own", () => {
  expect(told("track-1/refine-1")).toMatchObject({
    task: { test: { rows: 40 }, profile: "40 rows" },
  });
  expect(told("submission/finalist-1")).toMatchObject({ task: { test: { rows: 30 } } });
  const alone = told("submission/finalist-1", { asGiven: task });
  expect(alone).toMatchObject({ task: { test: { rows: 40 } } });
});

test("the run so far is told, but not in the paper's way", () => {
  expect(told("track-1").notebook?.entries).toMatchObject([{ at: "track-1/model-1", score: 5 }]);
  expect(told("track-1", { change: { method: "paper" } }).notebook).toBeNull();
});
