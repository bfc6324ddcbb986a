import { realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Run, RunPurpose } from "../../src/core/candidate.ts";
import { Place } from "../../src/core/place.ts";
import type { RunPython, RunRequest } from "../../src/core/ports.ts";
import type { Python } from "../environments/interpreter-roots.ts";
import { type Attempt, finishAttempt, makeAttempt } from "./attempt-folder.ts";
import { unlessOfDisk } from "./disk-space.ts";
import { type KnownBy, knownAttempts } from "./known-attempts.ts";
import type { Preflight } from "./preflight.ts";
import { type Ground, inputOf, runAttempt, specFor, unstarted } from "./run-attempt.ts";
import type { Executor } from "./sandbox/executor.ts";
import { removeAbandoned } from "./sandbox/work-folder.ts";
import { SlotQueue } from "./slots/slot-queue.ts";
import { timeLimit } from "./time-limit.ts";
import { WorkPlaces } from "./work-places.ts";

export interface PythonRunnerOptions extends Ground {
  executor: Executor;
  /** Attempts are kept below it, by their ids. */
  attemptsFolder: string;
  /** The file by which all runs on this machine share its cores and devices. */
  sharesFile: string;
  /** What earlier runs left, by content; without it every script runs. */
  cache?: KnownBy;
  /** Looks at a script before it runs; without it every script is run as it is. */
  preflight?: Preflight;
  /** Whether a Python is kept ready for each slot, where the executor can. */
  prewarm?: boolean;
  /** Lets a script run that nothing is known of and that has its slot, or fails with what stands in its way. */
  admit?: (request: RunRequest, run: () => Promise<Run>) => Promise<Run>;
  onStart?: (script: { id: string; purpose: RunPurpose }) => void;
  /** Told of a script that has to wait for its slot. */
  onWait?: (script: { id: string; purpose: RunPurpose }) => void;
}

/** The port, with an end: it lets go of what was kept ready. */
export type PythonRunner = RunPython & { close(): Promise<void> };

/** Runs scripts in attempt folders, as many at once as there are slots. */
export function pythonRunner(options: PythonRunnerOptions): PythonRunner {
  const { executor, plan, prewarm = true } = options;
  const queue = new SlotQueue(plan, options.sharesFile);
  const attemptsFolder = resolve(options.attemptsFolder);
  // Beside the attempts, so that nothing of a script lies where results do.
  const workFolders = join(attemptsFolder, "..", "work");
  const ground = {
    ...options,
    inputFolder: realpathSync(options.inputFolder),
    finalInputFolder: realpathSync(options.finalInputFolder ?? options.inputFolder),
  };
  const places = new WorkPlaces(executor, workFolders);
  const known = options.cache && knownAttempts(ground, executor.name, options.cache);
  const inFlight = new Map<string, Promise<unknown>>();
  const cleared = removeAbandoned(workFolders);
  let closed = false;

  const runOnce = async (request: RunRequest): Promise<Run> => {
    await cleared;
    const { id, script } = request;
    const attempt = await makeAttempt(attemptsFolder, id, script, inputOf(ground, request));
    const run = await resultOf(attempt, request);
    if (run.outcome !== "aborted") await finishAttempt(attempt, run);
    return run;
  };

  const resultOf = async (attempt: Attempt, request: RunRequest): Promise<Run> => {
    const cached = await known?.find(attempt, request);
    if (cached) return cached;
    const python = (await options.preflight?.(request)) ?? options;
    if ("problem" in python) {
      // In the words that Python would have used.
      const stderr = `${python.problem}\n`;
      return unstarted(attempt.id, { outcome: "error", exitCode: 1, stderr });
    }
    const run = await runInSlot(attempt, request, python);
    await known?.keep(attempt, request, run);
    return run;
  };

  const runInSlot = async (
    attempt: Attempt,
    request: RunRequest,
    { interpreter, interpreterRoots }: Python,
  ): Promise<Run> => {
    const { id, purpose, signal } = request;
    const party = { track: Place.parse(id).branch.text, purpose };
    const wait = () => options.onWait?.({ id: attempt.id, purpose });
    const slot = await queue.acquire(party, signal, wait).catch((error: unknown) => {
      if (signal?.aborted) return null;
      throw error;
    });
    if (slot === null) return unstarted(attempt.id, INTERRUPTED);
    const execute = () => {
      options.onStart?.({ id: attempt.id, purpose });
      const own = { ...ground, interpreter, interpreterRoots };
      return runAttempt({ ground: own, places, attempt, request, slot: slot.index });
    };
    try {
      return await (options.admit?.(request, execute) ?? execute());
    } finally {
      slot.release();
      // Not on cores that another script has got meanwhile.
      if (prewarm && !closed && !queue.isHeld(slot.index))
        places.refill(specFor(ground, slot.index, "", aheadOf(ground), NO_TIME));
    }
  };

  /** Requests for one id follow each other: the second sees what the first left. */
  const runPython = (request: RunRequest) => {
    const before = inFlight.get(request.id) ?? Promise.resolve();
    const run = before.then(() => runOnce(request)).catch(unlessOfDisk(attemptsFolder));
    const settled = run.then(ignore, ignore).finally(() => {
      if (inFlight.get(request.id) === settled) inFlight.delete(request.id);
    });
    inFlight.set(request.id, settled);
    return run;
  };

  const close = async () => {
    if (closed) return;
    closed = true;
    await Promise.all(inFlight.values());
    options.preflight?.close();
    await places.close();
    queue.close();
  };
  return Object.assign(runPython, { close });
}

/** A script's limits can be added to those of its spare, never taken away: it starts without a row cap, on the search's data. */
const aheadOf = ({ inputFolder }: Ground) => ({ purpose: "submission" as const, inputFolder });

/** The caller of a failed request is told; the next one for the same id only waits for its end. */
function ignore(): void {}

/** A spare is told the limit of its script with it. */
const NO_TIME = timeLimit(0);

const INTERRUPTED = {
  outcome: "aborted" as const,
  exitCode: null,
  stderr: "The script was not started because the run was interrupted.\n",
};
