import { resultOf } from "../../core/run-end.ts";
import type { RecordedEvent } from "../../core/run-event.ts";

/** Where a run stands, in a word or two. */
export function stateOf(events: readonly RecordedEvent[]): string {
  const result = resultOf(events);
  if (result !== null) return result.score === null ? "no solution" : "done";
  const last = events.findLast(({ type }) => type === "closed" || type === "opened");
  if (last?.type !== "closed") return "unfinished";
  return last.problem === null ? "interrupted" : "failed";
}
