import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { ToolError } from "../../src/core/errors.ts";
import type { Clock } from "../../src/core/ports.ts";
import { RecordedEvent, type RunEvent } from "../../src/core/run-event.ts";

export interface Scratchpad {
  /** Appends the event with its time and tells the listener; an event whose key is already there is dropped. */
  note(event: RunEvent): void;
  /** All so far, oldest first: the scratchpad's own list, which grows. */
  events(): readonly RecordedEvent[];
}

export interface ScratchpadOptions {
  /** The time of day, which may be set while a run works. */
  now: () => Date;
  clock: Clock;
  onEvent: (event: RecordedEvent) => void;
}

/** Opens a run's append-only scratchpad; a line torn by a crash is cut off first. */
export function openScratchpad(path: string, options: ScratchpadOptions): Scratchpad {
  cutTornLine(path);
  const events = existsSync(path) ? readScratchpad(path) : [];
  const keys = new Set(events.map(({ key }) => key));
  const opened = options.clock();
  return {
    note(event) {
      if (keys.has(event.key)) return;
      const elapsed = Math.round(options.clock() - opened) / 1000;
      const recorded = { time: options.now().toISOString(), elapsed, ...event };
      appendLine(path, `${JSON.stringify(recorded)}\n`);
      keys.add(event.key);
      events.push(recorded);
      options.onEvent(recorded);
    },
    events: () => events,
  };
}

/** Every event of a scratchpad, oldest first; a line that is none is reported with its number, an unfinished one left out. */
export function readScratchpad(path: string): RecordedEvent[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line, index) => {
      const event = RecordedEvent.safeParse(parsed(line));
      if (event.success) return event.data;
      throw new ToolError(`${path}: line ${index + 1} is no event of this version of the program`);
    });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The caller names the line.
    return null;
  }
}

/** The whole line or, when the disk is full, nothing of it. */
function appendLine(path: string, line: string): void {
  const file = openSync(path, "a");
  const { size } = fstatSync(file);
  try {
    const bytes = Buffer.from(line);
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
  } catch (error) {
    truncateSync(path, size);
    throw error;
  } finally {
    closeSync(file);
  }
}

function cutTornLine(path: string): void {
  if (!existsSync(path)) return;
  const bytes = readFileSync(path);
  const whole = bytes.lastIndexOf("\n") + 1;
  if (whole < bytes.length) truncateSync(path, whole);
}
