import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { refusals, runFacts } from "../../src/report/facts/run-facts.ts";
import { readEvidence } from "../../src/report/read-evidence.ts";
import { makeRun } from "../support/make-run.ts";

const factsOf = (runsFolder: string, runId = "toy") => runFacts(readEvidence(runsFolder, runId));
const facts = factsOf(makeRun("toy"));
const attempt = (id: string) => facts.attempts.find((one) => one.id === id);

test("of a refinement step that was kept, only the best attempt was kept", () => {
  const kept = facts.attempts.filter(({ decision }) => decision?.kept === true);
  expect(kept.map(({ id }) => id)).toEqual(["track-1/refine-1/attempt-1"]);
});

test("corrections belong to the attempt they mend, and its failures count as mended", () => {
  expect(attempt("track-1/model-2")?.scripts.map(({ id }) => id)).toEqual([
    "track-1/model-2",
    "track-1/model-2/debug-1",
  ]);
  const [group] = facts.failures;
  expect(group?.cause).toBe("KeyError");
  expect(group?.failures.map(({ id, mended }) => [id, mended])).toEqual([
    ["track-1/model-2", true],
    ["track-2/model-1", false],
  ]);
});

test("a script that was interrupted and then finished counts as its result file says", () => {
  const runsFolder = makeRun("toy");
  const path = join(runsFolder, "toy", "scratchpad.jsonl");
  const text = readFileSync(path, "utf8");
  const line = text.split("\n").find((one) => one.includes('"ensemble/round-1/script"')) ?? "";
  writeFileSync(path, text.replace(line, line.replace('"outcome":"ok"', '"outcome":"aborted"')));
  expect(factsOf(runsFolder).bestRun?.outcome).toBe("ok");
});

test("stages tell what was gained in them, agents what they cost", () => {
  expect(facts.stages.map(({ name, gained }) => [name, gained])).toEqual([
    ["initial solutions", 0.5],
    ["refinement", 1.5],
    ["ensemble", 1],
  ]);
  expect(facts.agents[0]).toMatchObject({ name: "initializer", calls: 2, costUsd: 1 });
  expect(facts.calls.inputTokens).toBe(8000);
});

test("an ablation tells how much worse the solution is without each part", () => {
  expect(facts.ablations[0]?.effects.map(({ loss }) => loss)).toEqual([2, -1]);
});

test("the best score is that of the scored run, also where the submission was made anew", () => {
  const again = factsOf(makeRun("toy", { reworked: true }));
  expect([again.bestRun?.id, again.bestRun?.purpose]).toEqual([
    "submission/ensemble/round-1",
    "submission",
  ]);
  expect(refusals(again)).toEqual(["its predictions are not those of ratios"]);
  expect(again.scoredBy?.id).toBe("ensemble/round-1");
  expect(again.bestAttempt?.id).toBe("ensemble/round-1");
  expect(again.validation.folds).toEqual({ scores: [6, 7, 8], deviation: 1 });
});

test("what a cap left no room for is told with the cap, unless it was done later", () => {
  const runsFolder = makeRun("toy");
  const leave = (at: string, step: string) =>
    appendFileSync(
      join(runsFolder, "toy", "scratchpad.jsonl"),
      `${JSON.stringify({ time: "2026-01-02T03:05:05.000Z", type: "left-out", key: `${at}/out`, at, step, reason: "Wall clock: 9 of 10 are spent" })}\n`,
    );
  leave("track-1/refine-1/attempt-1", "attempt");
  leave("track-2/refine-1", "refinement");
  expect(factsOf(runsFolder).leftOut).toEqual({
    steps: [expect.stringMatching(/ensemble/), expect.stringMatching(/track-2/)],
    reason: "Wall clock: 9 of 10 are spent",
  });
});

test("a run that never got to a score has facts too", () => {
  const runsFolder = makeRun("toy");
  const path = join(runsFolder, "toy", "scratchpad.jsonl");
  const first = readFileSync(path, "utf8").split("\n").slice(0, 2);
  writeFileSync(path, `${first.join("\n")}\n`);
  expect(factsOf(runsFolder)).toMatchObject({
    state: "unfinished",
    attempts: [],
    firstScore: null,
  });
  const closed = {
    time: "2026-01-02T03:05:05.000Z",
    type: "closed",
    key: "closed-1",
    at: "",
    problem: "no model",
  };
  appendFileSync(path, `${JSON.stringify(closed)}\n`);
  expect(factsOf(runsFolder)).toMatchObject({ state: "failed", problem: "no model" });
});
