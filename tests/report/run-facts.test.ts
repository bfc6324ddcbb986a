import { expect, test } from "vitest";
import type { RunEvent } from "../../src/record/event.ts";
import { readFacts } from "../../src/report/facts/read-facts.ts";
import { eventsOfRun } from "../support/made-events.ts";
import { makeRun, writeRun } from "../support/make-run.ts";

const facts = readFacts(makeRun("toy"), "toy");
const attempt = (id: string) => facts.attempts.find((one) => one.id === id);

test("of a refinement step that was kept, only the best attempt was kept", () => {
  const kept = facts.attempts.filter(({ verdict }) => verdict?.kept === true);
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

test("a withdrawn candidate never led and is never the best, and what it gained is no gain", () => {
  expect(attempt("track-2/model-2")).toMatchObject({ lead: null, score: null, earned: 1 });
  expect(facts.bestAttempt?.id).toBe("ensemble/round-1");
  expect(facts.stages.map(({ name, gained }) => [name, gained])).toEqual([
    ["initial solutions", 0.5],
    ["refinement", 1.5],
    ["ensemble", 1],
  ]);
});

test("an ablation tells how much worse the solution is without each part", () => {
  expect(facts.ablations[0]?.effects.map(({ loss }) => loss)).toEqual([2, -1]);
  expect(facts.ablations[0]?.script?.id).toBe("track-1/refine-1/ablation");
});

test("the best score is that of the scored run, also where the submission was made anew", () => {
  const again = readFacts(makeRun("toy", { reworked: true }), "toy");
  expect([again.bestScript?.id, again.bestScript?.purpose]).toEqual([
    "submission/finalist-1/own",
    "submission",
  ]);
  expect(again.scoredBy?.id).toBe("ensemble/round-1");
  expect(again.bestAttempt?.id).toBe("ensemble/round-1");
  expect(again.validation.folds).toEqual({ scores: [6, 7, 8], deviation: 1 });
});

test("a run that never got to a score has facts too", () => {
  const first = eventsOfRun("toy", {}).slice(0, 2);
  const closed: RunEvent = { type: "closed", key: "closed-1", at: "", problem: "no model" };
  const none = { attempts: [], firstScore: null, best: null };
  expect(readFacts(writeRun("toy", first), "toy")).toMatchObject({ state: "unfinished", ...none });
  expect(readFacts(writeRun("toy", [...first, closed]), "toy")).toMatchObject({
    ...{ state: "failed", problem: "no model" },
    ...none,
  });
});
