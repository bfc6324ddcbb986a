import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { recallFrom } from "../../../src/core/recall.ts";
import type { Question, ReviewSubject } from "../../../src/core/review.ts";
import { type RecordedEvent, secondsWorked } from "../../../src/core/run-event.ts";
import type { Change } from "../../../tools/run-folder/fork-folder.ts";
import { forkReviews } from "../../../tools/run-folder/fork-reviews.ts";
import { readScratchpad } from "../../../tools/run-folder/scratchpad.ts";

const review = (at: string, subject: ReviewSubject, proposed: Record<string, string>) =>
  ({
    type: "review",
    key: `${at}/review`,
    at,
    time: `2026-01-0${at.length % 9}T00:00:00.000Z`,
    elapsed: 5,
    subject,
    proposed,
    answer: { type: "response", args: `mine at ${at}` },
    sharedFrom: null,
  }) satisfies RecordedEvent;
const EVENTS: RecordedEvent[] = [
  review("track-1/refine-1/attempt-1", "plans", { plan: "first" }),
  review("track-1/refine-1/attempt-2", "plans", { plan: "second" }),
  review("submission/x", "submission", { script: "old" }),
];

/** What a fork's graph finds answered when it makes these proposals. */
function answered(from: string, change: Change, proposals: [string, Record<string, string>][]) {
  const folder = mkdtempSync(join(tmpdir(), "mle-star-reviews-"));
  forkReviews(folder, EVENTS, { runId: "base", from, change, now: new Date() });
  const events = readScratchpad(join(folder, "scratchpad.jsonl"));
  expect(secondsWorked(events)).toBe(0);
  const recall = recallFrom(() => events);
  return proposals.map(([at, args]) => {
    const question: Question = {
      at,
      action_request: { action: "", args },
      config: { allow_accept: true, allow_edit: true, allow_respond: true, allow_ignore: true },
      description: "",
    };
    const answer = recall(question);
    return answer?.type === "response" ? answer.args : (answer?.type ?? null);
  });
}
const first = "track-1/refine-1/attempt-1";
const second = "track-1/refine-1/attempt-2";

test("what was answered is not asked again of the same proposal; the plan that is changed is taken as given", () => {
  const found = answered(`${second}/debug-1`, { plan: "other" }, [
    [first, { plan: "first" }],
    [second, { plan: "other" }],
    [second, { plan: "second" }],
    ["submission/x", { script: "old" }],
    ["submission/x", { script: "new" }],
  ]);
  expect(found).toEqual([`mine at ${first}`, "accept", null, "mine at submission/x", null]);
});

test("a script given for the submission needs no review; plans beside it keep their answers", () => {
  const found = answered("submission/x", { script: "new\n" }, [
    [second, { plan: "second" }],
    ["submission/x", { script: "new" }],
  ]);
  expect(found).toEqual([`mine at ${second}`, "accept"]);
});

test("another model is asked from the step on, and so is the person", () => {
  const found = answered(second, { model: "openai:x" }, [
    [first, { plan: "first" }],
    [second, { plan: "second" }],
  ]);
  expect(found).toEqual([`mine at ${first}`, null]);
});

test("a fork of a run that asked nobody begins without a scratchpad", () => {
  const folder = mkdtempSync(join(tmpdir(), "mle-star-reviews-"));
  forkReviews(folder, [], { runId: "base", from: "a", change: { plan: "x" }, now: new Date() });
  expect(existsSync(join(folder, "scratchpad.jsonl"))).toBe(false);
});
