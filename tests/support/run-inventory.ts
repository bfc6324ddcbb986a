import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { SUBMISSION_NAME } from "../../src/record/attempt.ts";
import { readCard } from "../../src/record/best-folder.ts";
import { anyEvent, type RecordedEvent } from "../../src/record/event.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { bestFiles } from "../../src/run/best-files.ts";

/** What a run folder holds at one moment, read from the files alone. */
export interface Inventory {
  /** Whole lines of the scratchpad; a last one without its end is not among them. */
  lines: string[];
  /** Finished effects by their keys, each with marks that change when it is done anew. */
  finished: ReadonlyMap<string, string>;
  /** What is wrong with `best/`; null when all is well. */
  bestProblem: string | null;
  /** Files that a write left behind when it was killed. */
  leftovers: string[];
}

export function takeInventory(runFolder: string): Inventory {
  const path = join(runFolder, "scratchpad.jsonl");
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1) : [];
  const events = lines.flatMap((line) => eventOf(line) ?? []);
  const names = existsSync(runFolder) ? readdirSync(runFolder) : [];
  return {
    lines,
    finished: new Map(events.flatMap((event) => finishedBy(runFolder, event))),
    bestProblem: bestProblem(runFolder, events),
    leftovers: names.filter((name) => name.endsWith(".tmp")),
  };
}

/** Lines of the scratchpad that are no event, or have the key of an earlier one. */
export function badLines(lines: readonly string[]): { torn: number; doubled: number } {
  const events = lines.flatMap((line) => eventOf(line) ?? []);
  const keys = new Set(events.map(({ key }) => key));
  return { torn: lines.length - events.length, doubled: events.length - keys.size };
}

export function eventOf(line: string): RecordedEvent | null {
  try {
    return anyEvent(JSON.parse(line));
  } catch {
    // Counted as a torn line by the caller.
    return null;
  }
}

const EFFECTS: readonly RecordedEvent["type"][] = [
  ...(["call", "search", "page", "script", "review", "measurement", "blend"] as const),
];

function finishedBy(runFolder: string, event: RecordedEvent): [string, string][] {
  if (!EFFECTS.includes(event.type)) return [];
  if (event.type !== "script") return [[event.key, JSON.stringify(event)]];
  const files = ["result.json", "solution.py", "stdout.txt", "stderr.txt"];
  const marks = files.map((file) => mark(join(runFolder, "attempts", event.run.id, file)));
  return [[event.key, marks.join(", ")]];
}

/** A file that was written again has another inode or another time. */
function mark(path: string): string {
  const { ino, mtimeMs, size } = statSync(path);
  return `${ino} ${mtimeMs} ${size}`;
}

/** What differs between `best/` and what the run's events hand out; a process killed just then may be one event behind. */
function bestProblem(runFolder: string, events: readonly RecordedEvent[]): string | null {
  const now = differenceFrom(runFolder, events);
  const isBehind = now !== null && differenceFrom(runFolder, events.slice(0, -1)) === null;
  return isBehind ? null : now;
}

function differenceFrom(runFolder: string, events: readonly RecordedEvent[]): string | null {
  const ledger = Ledger.of(events);
  const { handedOut } = ledger;
  const card = readCard(runFolder);
  if (handedOut === null) return card === null ? null : `${card.id} is there, and nothing is due`;
  const { id, runId, title, score } = handedOut;
  if (!isDeepStrictEqual(card, { id, runId, title, score }))
    return `${card?.id ?? "nothing"} is there in place of ${id}`;
  const { texts } = bestFiles(runFolder, ledger, handedOut);
  const read = (...path: string[]) => readFileSync(join(runFolder, ...path), "utf8");
  for (const [name, text] of Object.entries(texts))
    if (read("best", name) !== text) return `${name} is not that of ${id}`;
  // It is there for valid submissions alone.
  return read("best", "submission.csv") === read("attempts", runId, SUBMISSION_NAME)
    ? null
    : `submission.csv is not that of ${runId}`;
}
