import { expect, test } from "vitest";
import { checksUsage } from "../../graphs/usage-check.ts";
import { table } from "../prompts/task.ts";
import { fakePorts, settings, task } from "../support/fake-ports.ts";
import { scriptedModel } from "../support/scripted-model.ts";

const portsOf = (train: string[], change: Partial<typeof settings> = {}, isBuiltIn = false) =>
  fakePorts(scriptedModel({}).model, {
    settings: { ...settings, dataUsageCheck: true, ...change },
    draft: { ...task, train: table("train.csv", 9, train) },
    isBuiltIn,
  }).ports;

test("what has one input column is not checked for unused data", () => {
  expect(checksUsage(portsOf(["id", "text", "y"]), "track-1")).toBe(false);
  expect(checksUsage(portsOf(["id", "text", "day", "y"]), "track-1")).toBe(true);
  // As in the paper, which asks always.
  expect(checksUsage(portsOf(["id", "text", "y"], { method: "paper" }), "track-1")).toBe(true);
});

test.each([
  { change: {}, isBuiltIn: false, both: false },
  { change: {}, isBuiltIn: true, both: true },
  { change: { method: "paper" as const }, isBuiltIn: false, both: true },
])("of two tracks both are checked: $both ($change, built-in: $isBuiltIn)", (given) => {
  const ports = portsOf(["id", "a", "b", "y"], given.change, given.isBuiltIn);
  expect(checksUsage(ports, "track-2")).toBe(true);
  expect(checksUsage(ports, "track-1")).toBe(given.both);
  // It stays so, however often it is asked.
  expect(checksUsage(ports, "track-2")).toBe(true);
});
