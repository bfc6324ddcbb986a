import { expect, test } from "vitest";
import { readFacts } from "../../src/report/facts/read-facts.ts";
import { reportOf } from "../../src/report/written/write-report.ts";
import { makeRun } from "../support/make-run.ts";

const LONG = "Smooth each place by its neighbours, weighted by distance and rows. "
  .repeat(12)
  .trim();

test("500 attempts with long plans stay below 5 MB, and every attempt keeps its line", async () => {
  const facts = readFacts(makeRun("large", { refinements: 496, text: LONG }), "large");
  const { html: page } = reportOf(facts);
  expect(Buffer.byteLength(page)).toBeLessThan(5_000_000);
  expect(page.match(/<article class="attempt/g)).toHaveLength(facts.attempts.length);
  expect(page).toContain("The report is long enough: compare the scripts");
});
