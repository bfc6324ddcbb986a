/** Prints the share of a run's wall time in which no model, search, page or script was working: `node bench/time-outside.ts <run-folder>`. */
import { join } from "node:path";
import type { RecordedEvent } from "../src/record/event.ts";
import { readEvents } from "../src/record/event-log.ts";

/** How long an event's own work took; null where it tells of none. */
function secondsOf(event: RecordedEvent): number | null {
  if (event.type === "script") return event.run.seconds;
  const isAsked = event.type === "call" || event.type === "search" || event.type === "page";
  return isAsked ? event.seconds : null;
}

const [runFolder] = process.argv.slice(2);
if (runFolder === undefined) {
  console.error("usage: node bench/time-outside.ts <run-folder of a finished, uninterrupted run>");
  process.exit(2);
}

const events = readEvents(join(runFolder, "scratchpad.jsonl"));
const times = events.map(({ time }) => Date.parse(time));
const wall = (Math.max(...times) - Math.min(...times)) / 1000;
const busy = events
  .flatMap((event) => {
    const seconds = secondsOf(event);
    const end = Date.parse(event.time) / 1000;
    return seconds === null ? [] : [{ start: end - seconds, end }];
  })
  .toSorted((a, b) => a.start - b.start);

let covered = 0;
let until = Number.NEGATIVE_INFINITY;
for (const { start, end } of busy) {
  covered += Math.max(0, end - Math.max(start, until));
  until = Math.max(until, end);
}
const share = (100 * (wall - covered)) / wall;
console.log(
  `wall ${wall.toFixed(1)} s, work ${covered.toFixed(1)} s, outside ${share.toFixed(2)} % (at most 4 %)`,
);
