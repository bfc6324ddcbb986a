import { expect, test } from "vitest";
import type { Run } from "../../src/core/candidate.ts";
import { inShort, problemOf, scoreOf } from "../../src/core/outcome.ts";
import { SCORE_MARKER } from "../../src/core/score.ts";

const run = (change: Partial<Run> = {}): Run => ({
  id: "track-1/model-1",
  ok: true,
  outcome: "ok",
  exitCode: 0,
  stdout: `${SCORE_MARKER} 0.5`,
  stderr: "",
  seconds: 2,
  origin: "ran",
  submission: { valid: true, problem: null },
  ...change,
});

test("only a run that ended well has a score, an ablation never", () => {
  expect(scoreOf(run(), "solution")).toBe(0.5);
  expect(scoreOf(run({ ok: false, outcome: "error" }), "solution")).toBeNull();
  expect(scoreOf(run(), "ablation")).toBeNull();
});

test("a run with score and valid submission has no problem, even with a traceback on standard error", () => {
  expect(
    problemOf(run({ stderr: "Traceback (most recent call last): ..." }), "solution"),
  ).toBeNull();
});

test.each([
  {
    title: "a crash",
    change: { ok: false, outcome: "error", exitCode: 1, stderr: "KeyError: 'x'" },
    says: /failed after 2.0 s \(exit code 1\)\nKeyError/,
  },
  {
    title: "a kill",
    change: { ok: false, outcome: "memory", exitCode: null },
    says: /memory limit .* \(exit code none\)/,
  },
  {
    title: "a timeout",
    change: { ok: false, outcome: "timeout", exitCode: null },
    says: /time limit/,
  },
  { title: "no score", change: { stdout: "done" }, says: /is absent or holds no finite number/ },
  { title: "a NaN score", change: { stdout: `${SCORE_MARKER} nan` }, says: /no finite number/ },
  { title: "no submission", change: { submission: null }, says: /left no/ },
  {
    title: "a bad submission",
    change: { submission: { valid: false, problem: "row 3 is empty" } },
    says: /^row 3 is empty$/,
  },
] as const)("$title is a problem of a solution", ({ change, says }) => {
  expect(problemOf(run(change), "solution")).toMatch(says);
});

test("an ablation needs neither score nor submission", () => {
  expect(problemOf(run({ stdout: "", submission: null }), "ablation")).toBeNull();
});

test("a long problem is told by its Python error, else by its first line", () => {
  expect(inShort("the script failed\nTraceback\n  x\nValueError: bad shape")).toBe(
    "ValueError: bad shape",
  );
  expect(inShort("the script was stopped at its time limit\nprogress 5 %")).toBe(
    "the script was stopped at its time limit",
  );
});
