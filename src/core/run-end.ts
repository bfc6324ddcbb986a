import type { RecordedEvent } from "./run-event.ts";

type Result = Extract<RecordedEvent, { type: "result" }>;

/** How often the graph was begun again, with what was done before known and not repeated. */
export const timesBegunAnew = (events: readonly RecordedEvent[]): number =>
  events.filter((event) => event.type === "opened" && event.anew === true).length;

/** The result the run came to; null before, and from when it was begun anew until it ends again. */
export function resultOf(events: readonly RecordedEvent[]): Result | null {
  const from = events.findLastIndex((event) => event.type === "opened" && event.anew === true);
  return events.slice(from + 1).find((event): event is Result => event.type === "result") ?? null;
}
