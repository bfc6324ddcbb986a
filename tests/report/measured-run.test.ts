import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ofType } from "../../src/record/event.ts";
import { readEvents } from "../../src/record/event-log.ts";
import { writeExport } from "../../src/report/export/write-export.ts";
import { readFacts } from "../../src/report/facts/read-facts.ts";
import { runFacts } from "../../src/report/facts/run-facts.ts";
import { showAttempt } from "../../src/report/show-attempt.ts";
import { showRun } from "../../src/report/show-run.ts";
import { reportOf } from "../../src/report/written/write-report.ts";
import { makeRun } from "../support/make-run.ts";
import { BLEND } from "../support/measured-events.ts";

const runs = makeRun("toy", { measured: true });
const facts = readFacts(runs, "toy");
const EVERYTHING = { columns: Infinity, rows: Infinity };
const shown = showRun(facts, EVERYTHING).join("\n");
const { html, markdown } = reportOf(facts);

test("measured scores stand with their error, claims as claims, and the run with what to expect", () => {
  for (const told of [
    /^toy: rmse 6\.51 ± 0\.50 \(lower is better, better by 4 \(40 %\) than the first score, 10, in validation\)/,
    /\nexpected +6\.51 \(95 %: 5\.52 to 7\.51\), on rows that decided nothing\n/,
    /\nvalidation +6\.00 ± 0\.25 on 900 rows in 3 folds from 5\.9 to 6\.1; the best of 8 scored\n/,
    /\nalarms +1 attempt with signs of a false score\n/,
    /\n +9\.5 \(claim\) .*track-1\/model-2 +Forest\n/,
    /\n\* +8\.00 ± 0\.25 +better by 2 .*track-1\/refine-1\/attempt-1/,
    /\n\* +6\.00 ± 0\.25 .*ensemble\/round-1\/blend +blend of 2 members\n/,
    /a claim is what a script printed/,
  ])
    expect(shown).toMatch(told);
});

test("of all blends only one that led is listed, and any of them is told when it is asked for", () => {
  expect(shown.match(/\/blend /g)).toHaveLength(1);
  expect(html.match(/id="attempt-[\w-]*blend"/g)).toHaveLength(1);
  expect(showAttempt(facts, "track-1/refine-1/attempt-2/blend")).toMatch(/rmse 9\.00 ± 0\.25/);
  expect(showAttempt(facts, BLEND)).toMatch(/member: ensemble\/round-1, weight 0\.75/);
});

test("the report tells what scores stand on, where the best is wrong, what is blended and what rang", () => {
  for (const told of [
    /was measured by the program/,
    /What to expect on new data is rmse \*\*6\.51 \(95 %: 5\.52 to 7\.51\)\*\*: measured on rows that no script learned from/,
    /- \*\*split\*\*: group by ratios: Test shares no ratios with train\./,
    /- \*\*holdout\*\*: 100 rows that no script learns from/,
    /- \*\*left out\*\*: side\.csv: it holds ratios/,
    /40 lines\.\n\n### Errors of y\n\n\| True y \| lines \| typical error \| on average too high by \|\n.*\n\| 0 to 7 \| 8 \| 0\.5 \| \\?-0\.5 \|/,
    /better than the best of them by 1 ± 0\.13 on the same rows/,
    /\| ensemble › round 1 \| ensemble: weigh \| 0\.75 \| 7\.00 ± 0\.25 \|/,
    /track 2 › model 2, by its text: It fits on ratios before it splits\. That alone is no proof\./,
  ])
    expect(markdown).toMatch(told);
  expect(html).toContain('aria-label="Predicted against true y"');
  expect(`${html}${markdown}`).not.toMatch(/NaN|undefined/);
});

test("before a run has ended nothing of its hold-out is told", () => {
  const events = readEvents(join(runs, "toy", "scratchpad.jsonl"));
  const before = events.filter(({ type }) => type !== "result");
  expect(ofType(events, "result")).toHaveLength(1);
  const running = runFacts(facts.record, before, facts.folder);
  const told = [showRun(running, EVERYTHING).join("\n"), reportOf(running).html];
  expect(told.join("\n")).not.toContain("6.51");
  expect(showRun(running, EVERYTHING)[0]).toMatch(/^toy: rmse 6\.00 ± 0\.25 /);
});

test("a blend is exported with the scripts of its members and the folds they read", async () => {
  const target = join(runs, "out");
  const { names } = await writeExport(runs, "toy", target);
  expect(readdirSync(join(target, "input")).toSorted()).toEqual([
    "folds.csv",
    "validation_sample.csv",
  ]);
  expect(names).toEqual(
    expect.arrayContaining(["members-1.py", "members-2.py", "scripts.json", "blend.json"]),
  );
  expect(readFileSync(join(target, "solution.ipynb"), "utf8")).toMatch(/run_path\(..solution.py/);
  const readme = readFileSync(join(target, "README.md"), "utf8");
  expect(readme).toMatch(/input\/: the folds that its score was measured on/);
});
