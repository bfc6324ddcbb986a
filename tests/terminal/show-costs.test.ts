import { expect, test } from "vitest";
import type { RecordedEvent, Usage } from "../../src/core/run-event.ts";
import { totalsOf } from "../../src/report/facts/costs.ts";
import { callsInWords, showCosts, spentLines } from "../../src/terminal/show-costs.ts";
import { agent } from "../support/made-event.ts";

const call = (at: string, name: string, usage: Partial<Usage> | null): RecordedEvent => {
  const made = agent(at, name, 0.25);
  if (made.type !== "agent") throw new Error("no call");
  const full = made.usage && usage && { ...made.usage, ...usage };
  return { ...made, key: `${at}/${name}`, time: "2026-01-01T00:00:00Z", usage: full };
};
const counts = { inputTokens: 1000, outputTokens: 300, cachedTokens: 600, reasoningTokens: 200 };
const events = [
  call("track-1", "retriever", counts),
  call("track-1/refine-1/attempt-1", "planner", { ...counts, cachedTokens: null }),
  call("track-1/refine-1/attempt-2", "planner", { ...counts, costUsd: null }),
];

test("cached and reasoning tokens stand with each agent and each stage", () => {
  const { calls, agents, stages } = totalsOf(events);
  expect(calls).toMatchObject({ calls: 3, inputTokens: 3000, cachedTokens: 1200, costUsd: 0.5 });
  expect(agents.map(({ name, calls, reasoningTokens }) => [name, calls, reasoningTokens])).toEqual(
    expect.arrayContaining([
      ["planner", 2, 400],
      ["retriever", 1, 200],
    ]),
  );
  expect(stages.map(({ name, cachedTokens }) => [name, cachedTokens])).toEqual([
    ["model search", 600],
    ["refinement", 600],
  ]);
  const table = showCosts(totalsOf(events)).map((line) => line.split(/ {2,}/));
  expect(table.find(([name]) => name === "planner")?.slice(1)).toEqual(
    "2|0|3.0 s|2,000|600|600|400|$0.2500 (1 of 2 calls at an unknown price)".split("|"),
  );
});

test("the result tells the sum, and what it could not count", () => {
  expect(spentLines(totalsOf(events))).toEqual([
    "  model       3 calls, 3,000 tokens in (1,200 cached), 900 out (600 reasoning), $0.5000 (1 of 3 calls at an unknown price)",
    "  by stage    model search $0.2500, refinement $0.2500",
  ]);
  expect(spentLines(totalsOf(events.slice(2)))[0]).toMatch(/, price unknown \(see --prices\)$/);
});

test("a run that asked no language model has nothing to tell but its calls", () => {
  const { calls, ...rest } = totalsOf([call("track-1", "retriever", null)]);
  expect(callsInWords(calls)).toBe("1 calls");
  expect(spentLines({ calls, ...rest })).toEqual([]);
});
