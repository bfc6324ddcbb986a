import { expect, test } from "vitest";
import { runFacts } from "../../src/report/facts/run-facts.ts";
import { readEvidence } from "../../src/report/read-evidence.ts";
import { showRun } from "../../src/terminal/show-run.ts";
import { makeRun } from "../support/make-run.ts";

const factsOf = (refinements: number) =>
  runFacts(readEvidence(makeRun("toy", { refinements }), "toy"));

test.each([4, 300])("a run of %i refinements fits a screen of 80 by 24", (refinements) => {
  const lines = showRun(factsOf(refinements), { columns: 80, rows: 24, folder: "runs/toy" });
  expect(lines.length).toBeLessThanOrEqual(24);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("a long run keeps its promotions and counts what is left out", () => {
  const text = showRun(factsOf(300), { columns: 200, rows: 24, folder: "runs/toy" }).join("\n");
  for (const place of ["track-1/model-1", "track-1/refine-1/attempt-1", "ensemble/round-1"])
    expect(text).toContain(place);
  expect(text).toMatch(/and 2\d\d more/);
});

test("a refused submission is told with its reason", () => {
  const facts = runFacts(readEvidence(makeRun("toy", { reworked: true }), "toy"));
  const everything = { columns: Infinity, rows: Infinity, folder: "runs/toy" };
  expect(showRun(facts, everything)).toContain(
    "refused     its predictions are not those of ratios",
  );
});

test("without a screen nothing is cut", () => {
  const everything = { columns: Infinity, rows: Infinity, folder: "runs/toy" };
  const text = showRun(factsOf(4), everything).join("\n");
  expect(text).not.toContain("more: see the report");
  expect(text).toContain("track-1/refine-1/attempt-4");
  expect(text).toMatch(/failures +KeyError 2/);
  expect(text).toMatch(
    /validation +3 folds from 6 to 8, standard deviation 1; the best of 7 scored/,
  );
});
