import { expect, test } from "vitest";
import { readFacts } from "../../src/report/facts/read-facts.ts";
import { showAttempt } from "../../src/report/show-attempt.ts";
import { showRun } from "../../src/report/show-run.ts";
import { eventsOfRun, type RunPlan } from "../support/made-events.ts";
import { makeRun, writeRun } from "../support/make-run.ts";

const factsOf = (plan: RunPlan) => readFacts(makeRun("toy", plan), "toy");
const EVERYTHING = { columns: Infinity, rows: Infinity };

test.each([4, 300])("a run of %i refinements fits a screen of 80 by 24", (refinements) => {
  const lines = showRun(factsOf({ refinements }), { columns: 80, rows: 24 });
  expect(lines.length).toBeLessThanOrEqual(24);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("a long run keeps those that led and counts what is left out", () => {
  const text = showRun(factsOf({ refinements: 300 }), { columns: 200, rows: 24 }).join("\n");
  for (const place of ["track-1/model-1", "track-1/refine-1/attempt-1", "ensemble/round-1"])
    expect(text).toContain(place);
  expect(text).toMatch(/and (29|30)\d more/);
});

test("without a screen nothing is cut, and each thing is told once", () => {
  const text = showRun(factsOf({ reworked: true }), EVERYTHING).join("\n");
  for (const told of [
    /^toy: rmse 7 \(lower is better, better by 3 \(30 %\) than the first score, 10\)/,
    /\nrefused +its predictions are not those of ratios\n/,
    /\nvalidation +printed by the script, not measured: 3 folds from 6 to 8, standard deviation 1; the best of 7 scored\n/,
    /\nwork .*8 candidates|\nwork .*9 candidates \(1 failed, 1 withdrawn\), \d+ scripts run, 1 known from an earlier run\n/,
    /\nx +no score .*track-2\/model-2 +withdrawn: its text leaks: .* \(it had 1\)\n/,
    /\n {3}.*refine-1\/attempt-2 .*\(known from an earlier run\)\n/,
    /\nfailures +KeyError 2/,
    /track-1\/refine-1\/attempt-4/,
  ])
    expect(text).toMatch(told);
  expect(text).not.toContain("more: see the report");
});

test("a run by the built-in engineer says nothing of calls", () => {
  const events = eventsOfRun("toy", {}).map((event) =>
    event.type === "call" ? { ...event, usage: null } : event,
  );
  const text = showRun(readFacts(writeRun("toy", events), "toy"), EVERYTHING).join("\n");
  expect(text).toMatch(/\nmodel +built-in engineer, no language model\n/);
  expect(text).not.toMatch(/calls|--costs/);
});

test("an attempt is told with its diff against its parent, and a withdrawn one with the reason", () => {
  const facts = factsOf({});
  expect(showAttempt(facts, "track-1/refine-1/attempt-1")).toMatch(
    /== Plan ==\nUse ratios number 0\.[\s\S]*better by 2[\s\S]*kept: the best of its step[\s\S]*== Diff ==[\s\S]*\n-# track-1\/model-1\n\+# track-1\/refine-1\/attempt-1\n/,
  );
  expect(showAttempt(facts, "track-2/model-2")).toMatch(
    /withdrawn: its text leaks: the scaler sees ratios \(it had 1\)/,
  );
});
