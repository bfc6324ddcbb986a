import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { InterruptedError, ToolError } from "../core/errors.ts";
import type { Clock } from "../core/ports.ts";
import type { Redact } from "../core/words/redact.ts";
import { anyEvent, type RecordedEvent, type RunEvent } from "./event.ts";

/** A run's events on disk: what stands there has happened, and nothing else has. */
export interface EventLog {
  /** All so far, oldest first: the log's own list, which grows. */
  readonly events: readonly RecordedEvent[];
  /** Adds the event with its time; when it returns, what somebody paid for is on the disk, and all that came before it. */
  append(event: RunEvent, sharedFrom?: string | null): RecordedEvent;
}

export interface EventLogOptions {
  /** The time of day, which may be set while a run works. */
  now: () => Date;
  clock: Clock;
  onEvent: (event: RecordedEvent) => void;
  /** What is stored and handed on has gone through it. */
  redact?: Redact;
}

/** One that ends: what is still under way then has not happened, and its `append` throws. */
interface ClosableEventLog extends EventLog {
  close(): void;
}

/** Opens a run's append-only scratchpad; a line torn by a crash is cut off first. */
export function openEventLog(path: string, options: EventLogOptions): ClosableEventLog {
  cutTornLine(path);
  const events = readEvents(path);
  const opened = options.clock();
  let isClosed = false;
  return {
    events,
    append(event, sharedFrom = null) {
      if (isClosed) throw new InterruptedError(`${event.key}: the run was closed before`);
      const elapsed = Math.round(options.clock() - opened) / 1000;
      const told = options.redact?.(event) ?? event;
      const recorded = { time: options.now().toISOString(), elapsed, sharedFrom, ...told };
      appendLine(path, `${JSON.stringify(recorded)}\n`, PAID.includes(event.type));
      events.push(recorded);
      options.onEvent(recorded);
      return recorded;
    },
    close: () => {
      isClosed = true;
    },
  };
}

/** A log that is gone with the process: for what is looked at and never resumed. It may begin with what another holds. */
export function memoryLog(events: RecordedEvent[] = []): EventLog {
  return {
    events,
    append(event, sharedFrom = null) {
      const recorded = { time: new Date().toISOString(), elapsed: 0, sharedFrom, ...event };
      events.push(recorded);
      return recorded;
    },
  };
}

/** Every event of a scratchpad, oldest first; none where there is none yet. A line that is no event is named. */
export function readEvents(path: string): RecordedEvent[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line, index) => {
      const event = anyEvent(parsed(line));
      if (event !== null) return event;
      throw new ToolError(
        `${path}: line ${index + 1} is no event of this version of the program; restore the file from a copy`,
      );
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

/** What is worth waiting for the disk: a kill takes nothing of the rest, and a power cut only what comes up again by itself. */
const PAID: readonly RunEvent["type"][] = ["call", "search", "page", "script", "review", "result"];

/** The whole line or, when the disk is full, nothing of it. */
function appendLine(path: string, line: string, settles: boolean): void {
  const file = openSync(path, "a");
  const { size } = fstatSync(file);
  try {
    const bytes = Buffer.from(line);
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    if (settles) fsyncSync(file);
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
