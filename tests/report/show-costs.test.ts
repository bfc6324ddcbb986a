import { expect, test } from "vitest";
import type { Usage } from "../../src/core/usage.ts";
import { totalsOf } from "../../src/record/costs.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { showCosts, spentLines } from "../../src/report/show-costs.ts";
import { agent, recorded } from "../support/made-event.ts";

type Call = [at: string, name: string, usage: Partial<Usage> | null, sharedFrom?: string];
const totals = (...calls: Call[]) =>
  totalsOf(
    Ledger.of(
      calls.flatMap(([at, name, usage, sharedFrom = null]) =>
        recorded([agent(at, name, 0.25)]).map((event) => {
          if (event.type !== "call" || event.usage === null) throw new Error("no call");
          return { ...event, sharedFrom, usage: usage && { ...event.usage, ...usage } };
        }),
      ),
    ),
  );
const counts = { inputTokens: 1000, outputTokens: 300, cachedTokens: 600, reasoningTokens: 200 };
const calls: Call[] = [
  ["track-1", "retriever", counts],
  ["track-1/refine-1/attempt-1", "planner", { ...counts, cachedTokens: null }],
  ["track-1/refine-1/attempt-2", "planner", { ...counts, costUsd: null }],
];

test("cached and reasoning tokens stand with each agent and each stage", () => {
  const table = showCosts(totals(...calls)).map((line) => line.split(/ {2,}/).join("|"));
  expect(table).toContain(
    "planner|2|0|3.0 s|2,000|600|600|400|$0.2500 (1 of 2 calls at an unknown price)",
  );
  expect(table).toContain("model search|1|0|1.5 s|1,000|600|300|200|$0.2500");
  expect(table.at(-1)).toMatch(/^in all\|3\|0\|4\.5 s\|3,000\|1,200\|900\|600\|\$0\.5000/);
});

test("the result tells the sum, and what it could not count", () => {
  expect(spentLines(totals(...calls))).toEqual([
    "  model       3 calls, 3,000 tokens in (1,200 cached), 900 out (600 reasoning), $0.5000 (1 of 3 calls at an unknown price)",
    "  by stage    model search $0.2500, refinement $0.2500",
  ]);
  expect(spentLines(totals(...calls.slice(2)))[0]).toMatch(/, price unknown \(see --prices\)$/);
});

test("what the built-in engineer answers, and what a fork shares, are no calls of the run", () => {
  const none = totals(["track-1", "retriever", null], ["track-1", "planner", counts, "first"]);
  expect(spentLines(none)).toEqual([]);
  expect(showCosts(none)).toEqual(["The run asked no language model."]);
});
