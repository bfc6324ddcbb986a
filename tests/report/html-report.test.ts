import { expect, test } from "vitest";
import { runFacts } from "../../src/report/facts/run-facts.ts";
import { htmlReport } from "../../src/report/html-report.ts";
import { readEvidence } from "../../src/report/read-evidence.ts";
import { makeRun } from "../support/make-run.ts";

const LONG = "Smooth each place by its neighbours, weighted by distance and rows. "
  .repeat(12)
  .trim();

test("500 attempts with long plans stay below 5 MB, and every attempt keeps its line", async () => {
  const facts = runFacts(readEvidence(makeRun("large", { refinements: 497, text: LONG }), "large"));
  const page = await htmlReport(facts);
  expect(Buffer.byteLength(page)).toBeLessThan(5_000_000);
  expect(page.match(/<article class="attempt/g)).toHaveLength(facts.attempts.length);
  expect(page).toContain("The report is long enough: compare the scripts");
});
