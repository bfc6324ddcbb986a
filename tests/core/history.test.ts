import { expect, test } from "vitest";
import type { Candidate } from "../../src/core/candidate.ts";
import { attemptOf, candidateEvent, isWorn, titleOf } from "../../src/core/history.ts";
import { RunEvent } from "../../src/core/run-event.ts";

const candidate = (score: number | null): Candidate => ({
  id: "ensemble-2",
  title: "average",
  script: "x",
  run: null,
  score,
});

test("an attempt's gain is positive when it is better, in either direction", () => {
  const outcome = { candidate: candidate(3), problem: null };
  expect(attemptOf("plan", candidate(5), outcome, "minimize").gain).toBe(2);
  expect(attemptOf("plan", candidate(5), outcome, "maximize").gain).toBe(-2);
  expect(attemptOf("plan", null, outcome, "maximize").gain).toBeNull();
});

test("an attempt without a score says why and has no gain", () => {
  const outcome = { candidate: candidate(null), problem: "the script failed\nKeyError: 'x'" };
  expect(attemptOf("plan", candidate(5), outcome, "minimize")).toEqual({
    plan: "plan",
    score: null,
    gain: null,
    seconds: null,
    problem: "KeyError: 'x'",
  });
});

test("a candidate's event fits the scratchpad", () => {
  const event = candidateEvent({ candidate: candidate(null), problem: null }, { plan: "p" });
  expect(RunEvent.parse(event)).toMatchObject({
    at: "ensemble-2",
    plan: "p",
    problem: "it printed no score",
  });
});

test.each([
  { plan: "Use more trees. Then stop.", title: "Use more trees." },
  { plan: "Raise it by 0.5 in\n  all folds", title: "Raise it by 0.5 in all folds" },
  { plan: "x".repeat(500), title: "x".repeat(120) },
])("a title is the first sentence: $title", ({ plan, title }) => {
  expect(titleOf(plan)).toBe(title);
});

const gains = (...all: (number | null)[]) =>
  all.map((gain) => ({ plan: "", score: gain, gain, seconds: 1, problem: null }));

test.each([
  { patience: 0, attempts: gains(-1, null, 0, -2), worn: false },
  { patience: 2, attempts: gains(-1), worn: false },
  { patience: 2, attempts: gains(-1, null), worn: true },
  { patience: 2, attempts: gains(-1, 3, 0), worn: false },
  // Better than the start, but no better than the best attempt.
  { patience: 2, attempts: gains(3, 2, 3), worn: true },
  { patience: 2, attempts: gains(3, 2, 4), worn: false },
])("with patience $patience a loop is worn: $worn", ({ patience, attempts, worn }) => {
  expect(isWorn(attempts, { patience })).toBe(worn);
});
