import { setTimeout as sleep } from "node:timers/promises";
import { lineTeller } from "../../src/cli/display/tell-run.ts";
import { NO_CAPS } from "../../src/core/caps.ts";
import { readEvents } from "../../src/record/event-log.ts";

/**
 * Shows the events of a scratchpad in this terminal as if they happened now: `node replay-run.ts FILE EVENTS SPEED`. Stops
 * after that many events, stays until a line comes in, then ends as a run does.
 */
const [, , path = "", count = "1000", milliseconds = "20"] = process.argv;
const events = readEvents(path).slice(0, Number(count));
const shift = Date.now() - Date.parse(events.at(-1)?.time ?? "");
const write = (line: string) => process.stdout.write(`${line}\n`);
const teller = lineTeller(
  { out: write, err: write },
  { stream: process.stdout, now: () => Date.now() - shift },
  { planOf: () => ({ caps: NO_CAPS, graph: "mle-star", scripts: [] }) },
);
for (const event of events) {
  teller.event(event);
  await sleep(Number(milliseconds));
}
process.stdin.once("data", () => {
  teller.end();
  write("THE END");
  process.exit(0);
});
