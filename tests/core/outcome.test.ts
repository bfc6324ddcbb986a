import { expect, test } from "vitest";
import type { Run } from "../../src/core/candidate.ts";
import { inShort, nearLimit, problemOf, scoreOf } from "../../src/core/outcome.ts";
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

const ACCURACY = { metric: "accuracy", direction: "maximize" } as const;

test("only a run that ended well has a score, an ablation never", () => {
  expect(scoreOf(run(), "solution", ACCURACY)).toBe(0.5);
  expect(scoreOf(run({ ok: false, outcome: "error" }), "solution", ACCURACY)).toBeNull();
  expect(scoreOf(run(), "ablation", ACCURACY)).toBeNull();
  expect(
    scoreOf(run({ stdout: `${SCORE_MARKER} -0.5` }), "solution", {
      metric: "rmse",
      direction: "minimize",
    }),
  ).toBeNull();
  expect(
    scoreOf(run({ stdout: `${SCORE_MARKER} -0.5` }), "solution", {
      metric: "r2",
      direction: "maximize",
    }),
  ).toBe(-0.5);
  const turned = { metric: "rmse", direction: "maximize" } as const;
  expect(scoreOf(run({ stdout: `${SCORE_MARKER} -0.5` }), "solution", turned)).toBe(-0.5);
});

test("a run with score and valid submission has no problem, even with a traceback on standard error", () => {
  expect(
    problemOf(run({ stderr: "Traceback (most recent call last): ..." }), "solution", ACCURACY),
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
    change: { ok: false, outcome: "timeout", exitCode: null, seconds: 480, cpuSeconds: 12 },
    says: /time limit after 480.0 s \(12.0 s of CPU time, exit code none\)/,
  },
  { title: "no score", change: { stdout: "done" }, says: /is absent or holds no finite number/ },
  { title: "a NaN score", change: { stdout: `${SCORE_MARKER} nan` }, says: /no finite number/ },
  {
    title: "an accuracy of 42",
    change: { stdout: `${SCORE_MARKER} 42` },
    says: /a score of 42, and accuracy goes from 0 to 1$/,
  },
  { title: "no submission", change: { submission: null }, says: /left no/ },
  {
    title: "a bad submission",
    change: { submission: { valid: false, problem: "row 3 is empty" } },
    says: /^row 3 is empty$/,
  },
] as const)("$title is a problem of a solution", ({ change, says }) => {
  expect(problemOf(run(change), "solution", ACCURACY)).toMatch(says);
});

test("a script within a twentieth of its time limit is near it", () => {
  expect(nearLimit(run({ limitShare: 0.958 }))).toBe("95 % of its time limit");
  expect(nearLimit(run({ limitShare: 0.94 }))).toBeNull();
  expect(nearLimit(run())).toBeNull();
});

test("an ablation needs neither score nor submission", () => {
  expect(problemOf(run({ stdout: "", submission: null }), "ablation", ACCURACY)).toBeNull();
});

test("a long problem is told by its Python error, else by its first line", () => {
  expect(inShort("the script failed\nTraceback\n  x\nValueError: bad shape")).toBe(
    "ValueError: bad shape",
  );
  expect(inShort("the script was stopped at its time limit\nprogress 5 %")).toBe(
    "the script was stopped at its time limit",
  );
});
