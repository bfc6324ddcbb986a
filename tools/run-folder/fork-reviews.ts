import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { RecordedEvent } from "../../src/core/run-event.ts";
import { type Change, stepOf } from "./fork-folder.ts";

/**
 * Begins a fork's scratchpad with what a person answered in the run it comes from: the same proposals are not put to them
 * again. A change is its own answer where a proposal was reviewed; a model that takes over shares only what was answered before.
 */
export function forkReviews(
  target: string,
  events: readonly RecordedEvent[],
  { runId, from, change, now }: { runId: string; from: string; change: Change; now: Date },
): void {
  const step = stepOf(from);
  const begins = events.findIndex(({ at }) => stepOf(at) === step);
  const shared = "model" in change ? events.slice(0, begins) : events;
  const lines = shared.flatMap((event) => {
    if (event.type !== "review") return [];
    const { key, at, subject, sharedFrom } = event;
    const proposed = at === step ? changed(change, subject) : null;
    const review =
      proposed === null
        ? { ...event, key: `${key} of ${runId}`, sharedFrom: sharedFrom ?? runId }
        : { ...event, time: now.toISOString(), proposed, answer: { type: "accept" as const } };
    // No work of this run went by before it was opened.
    return [`${JSON.stringify({ ...review, elapsed: 0 })}\n`];
  });
  if (lines.length > 0) appendFileSync(join(target, "scratchpad.jsonl"), lines.join(""));
}

/** What will be proposed where the change is made; null when the review there was of something else. */
function changed(change: Change, subject: string): Record<string, string> | null {
  if ("plan" in change) return subject === "submission" ? null : { plan: change.plan };
  return "script" in change && subject === "submission" ? { script: change.script.trim() } : null;
}
