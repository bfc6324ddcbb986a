import { hash, randomUUID } from "node:crypto";
import { constants, existsSync, readFileSync, utimesSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { Run } from "../../../src/core/candidate.ts";
import { codeOf } from "../../../src/core/errors.ts";

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
  limit: { seconds: number; wallSeconds: number };
}

/** What an execution leaves in its attempt's folder, beside what lies in `final/`. */
const OUTPUTS = ["stdout.txt", "stderr.txt"];
const SUBMISSION = join("final", "submission.csv");

const Entry = z.object({
  run: Run.omit({ id: true, submission: true, origin: true }),
  /** The time limit that it ran under. */
  limitSeconds: z.number(),
  /** The digest of each file, by its path below the attempt's folder; the files lie beside the entry. */
  files: z.record(z.string(), z.string()),
});
type Entry = z.infer<typeof Entry>;

/** What a known execution came to, whoever asks for it. */
export type KnownRun = Entry["run"];

/** The file of an entry's folder that says what the others are. */
export const ENTRY_NAME = "execution.json";
const FORMAT = 4;
/** Ended by the machine or by whoever watches it: another time it may not be. */
const KILLED = 137;
const KEPT_OUTCOMES: readonly Run["outcome"][] = [
  "ok",
  "error",
  "timeout",
  "memory",
  "output-limit",
];

/** Results of scripts by content, so that a resumed, forked or repeated run does not pay for a script twice. */
export class ExecutionCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What the same execution left before, its files written to the attempt's folder; null when it has to run. */
  async find(key: ExecutionKey, attemptFolder: string): Promise<KnownRun | null> {
    const folder = this.#entryOf(key);
    const entry = readEntry(folder);
    if (entry === null || !isValidFor(entry, key)) return null;
    const files = Object.entries(entry.files);
    for (const [path, digest] of files)
      if ((await takeCopy(join(folder, path), join(attemptFolder, path))) !== digest) {
        const taken = files.map(([other]) => join(attemptFolder, other));
        await Promise.all([folder, ...taken].map(remove));
        return null;
      }
    noteUse(folder);
    return entry.run;
  }

  /** Remembers a run, unless it says more about this machine and moment than about the script. */
  async keep(key: ExecutionKey, run: Run, attemptFolder: string): Promise<void> {
    const wasKilled = run.outcome === "error" && run.exitCode === KILLED;
    // What stopped it otherwise was this moment's: a busy machine, or the end of a run.
    const wasSlow = run.outcome === "timeout" && cpuOf(run) < key.limit.seconds * key.cpus;
    if (wasKilled || wasSlow || !KEPT_OUTCOMES.includes(run.outcome)) return;
    // A submission that was refused left no file, and so nothing to judge again.
    if (run.submission !== null && !existsSync(join(attemptFolder, SUBMISSION))) return;
    const folder = this.#entryOf(key);
    const unfinished = `${folder}.${randomUUID()}.new`;
    try {
      await mkdir(unfinished, { recursive: true });
      const files: Entry["files"] = {};
      for (const path of await outputsOf(attemptFolder))
        files[path] = await takeCopy(join(attemptFolder, path), join(unfinished, path));
      const entry = Entry.parse({ run, limitSeconds: key.limit.seconds, files });
      await writeFile(join(unfinished, ENTRY_NAME), JSON.stringify(entry));
      await remove(folder);
      await rename(unfinished, folder);
    } catch (error) {
      await remove(unfinished);
      // Another process was faster, or has pruned it: the result stands all the same.
      if (!["ENOTEMPTY", "ENOENT"].includes(codeOf(error))) throw error;
    }
  }

  #entryOf({ script, limit, ...rest }: ExecutionKey): string {
    const seconds = script.includes("MLE_STAR_TIME_LIMIT_S") ? limit.seconds : null;
    const identity = JSON.stringify([FORMAT, script, seconds, ...Object.entries(rest).toSorted()]);
    const digest = hash("sha256", identity);
    return join(this.#folder, digest.slice(0, 2), digest);
  }
}

/** The files of an execution, below its attempt's folder. */
async function outputsOf(attemptFolder: string): Promise<string[]> {
  const entries = await readdir(join(attemptFolder, "final"), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  const left = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(attemptFolder, join(parentPath, name)));
  return [...OUTPUTS.filter((name) => existsSync(join(attemptFolder, name))), ...left];
}

const remove = (path: string) => rm(path, { recursive: true, force: true, maxRetries: 3 });

/** The digest of what was copied; empty when the file was removed meanwhile. */
async function takeCopy(from: string, to: string): Promise<string> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "";
    throw error;
  }
  return hash("sha256", await readFile(to));
}

function readEntry(folder: string): Entry | null {
  try {
    return Entry.parse(JSON.parse(readFileSync(join(folder, ENTRY_NAME), "utf8")));
  } catch {
    // Not there, or of another version: the script runs and the entry is written anew.
    return null;
  }
}

function noteUse(folder: string): void {
  try {
    utimesSync(join(folder, ENTRY_NAME), new Date(), new Date());
  } catch {
    // Pruned at this moment, or a cache that may only be read: it was of use all the same.
  }
}

/** A script that ended would end again within as much time; one that did not, would not within less. */
function isValidFor({ run, limitSeconds }: Entry, { limit, cpus }: ExecutionKey): boolean {
  if (run.outcome === "timeout") return limit.seconds <= limitSeconds;
  return run.seconds <= limit.wallSeconds && cpuOf(run) <= limit.seconds * cpus;
}

const cpuOf = ({ cpuSeconds }: Pick<Run, "cpuSeconds">) => cpuSeconds ?? 0;
