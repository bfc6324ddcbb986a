import { createHash } from "node:crypto";
import { existsSync, readFileSync, utimesSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { Run } from "../../src/core/candidate.ts";
import { writeAtomically } from "../write-atomically.ts";
import { ContentStore } from "./content-store.ts";

/** Everything that decides what a script does; where, when and for whom it runs does not. */
export interface ExecutionKey {
  script: string;
  dataDigest: string;
  environmentDigest: string;
  /** How it is run: the name of the sandbox. */
  executor: string;
  cpus: number;
  memoryMb: number;
  seed: number;
  maxTrainRows: number | null;
  /** The time limit, which decides only when the script asks for it or does not end before it. */
  seconds: number;
}

/** Where an attempt keeps its files. */
export interface KeptFiles {
  stdout: string;
  stderr: string;
  submission: string;
}

const Entry = z.object({
  run: Run.omit({ id: true, submission: true }),
  /** The time limit that it ran under. */
  limitSeconds: z.number(),
  files: z.record(z.string(), z.string()),
});
type Entry = z.infer<typeof Entry>;

const FORMAT = 1;
/** Ended by the machine or by whoever watches it: another time it may not be. */
const KILLED = 137;
const KEPT_OUTCOMES: readonly Run["outcome"][] = [
  "ok",
  "error",
  "timeout",
  "memory",
  "output-limit",
];

/** Executions that go on in this process, by where their entry will be. */
const goingOn = new Map<string, Promise<void>>();

/** Results of scripts by content, so that a resumed, forked or repeated run does not pay for a script twice. */
export class ExecutionCache {
  readonly #entries: string;
  readonly #contents: ContentStore;

  constructor(folder: string) {
    this.#entries = join(folder, "executions");
    this.#contents = new ContentStore(join(folder, "contents"));
  }

  /**
   * Waits until nobody else in this process is at the same execution, so that it can be found instead of made a second
   * time; returns how to let the next one have it.
   */
  async claim(key: ExecutionKey, signal?: AbortSignal): Promise<() => void> {
    const path = this.#pathOf(key);
    for (let other = goingOn.get(path); other !== undefined; other = goingOn.get(path))
      await unlessAborted(other, signal);
    let release = () => {};
    const end = new Promise<void>((resolve) => {
      release = resolve;
    });
    goingOn.set(path, end);
    return () => {
      goingOn.delete(path);
      release();
    };
  }

  /** What the same execution left before, its files written to the attempt's places; null when it has to run. */
  async find(key: ExecutionKey, to: KeptFiles): Promise<Omit<Run, "id" | "submission"> | null> {
    const path = this.#pathOf(key);
    const entry = readEntry(path);
    if (entry === null || !isValidFor(entry, key.seconds)) return null;
    for (const [name, file] of Object.entries(to)) {
      const digest = entry.files[name];
      if (digest !== undefined && !(await this.#contents.take(digest, file))) {
        await rm(path, { force: true });
        return null;
      }
    }
    noteUse(path);
    return entry.run;
  }

  /** Remembers a run, unless it says more about this machine and moment than about the script. */
  async keep(key: ExecutionKey, run: Run, from: KeptFiles): Promise<void> {
    const wasKilled = run.outcome === "error" && run.exitCode === KILLED;
    if (wasKilled || !KEPT_OUTCOMES.includes(run.outcome)) return;
    // A submission that was refused left no file, and so nothing to judge again.
    if (run.submission !== null && !existsSync(from.submission)) return;
    const files: Record<string, string> = {};
    for (const [name, file] of Object.entries(from))
      if (existsSync(file)) files[name] = await this.#contents.put(file);
    const path = this.#pathOf(key);
    await mkdir(dirname(path), { recursive: true });
    const { id: _id, submission: _submission, ...kept } = run;
    const entry: Entry = { run: kept, limitSeconds: key.seconds, files };
    writeAtomically(path, JSON.stringify(entry));
  }

  #pathOf({ script, seconds, ...rest }: ExecutionKey): string {
    const limit = script.includes("MLE_STAR_TIME_LIMIT_S") ? seconds : null;
    const identity = JSON.stringify([FORMAT, script, limit, ...Object.entries(rest).toSorted()]);
    const digest = createHash("sha256").update(identity).digest("hex");
    return join(this.#entries, digest.slice(0, 2), `${digest}.json`);
  }
}

/** Waits for the work; rejects with the signal's reason when it aborts first. */
function unlessAborted(work: Promise<void>, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal?.reason);
    if (signal?.aborted) onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal?.removeEventListener("abort", onAbort));
  });
}

function readEntry(path: string): Entry | null {
  try {
    return Entry.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    // Not there, or of another version: the script runs and the entry is written anew.
    return null;
  }
}

function noteUse(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Pruned at this moment, or a cache that may only be read: it was of use all the same.
  }
}

/** A script that ended would end again within as much time; one that did not, would not within less. */
function isValidFor({ run, limitSeconds }: Entry, seconds: number): boolean {
  return run.outcome === "timeout" ? seconds <= limitSeconds : run.seconds <= seconds;
}
