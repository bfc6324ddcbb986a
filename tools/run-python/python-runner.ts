import { realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Run } from "../../src/core/candidate.ts";
import type { RunPurpose, RunPython, RunRequest } from "../../src/core/ports.ts";
import { type Attempt, findAttempt, finishAttempt, prepareAttempt } from "./attempt-folder.ts";
import { unlessOfDisk } from "./disk-space.ts";
import type { Executor } from "./executor.ts";
import { type KnownBy, knownAttempts } from "./known-attempts.ts";
import { MachineShares } from "./machine-shares.ts";
import { type Preflight, refusedRun } from "./preflight.ts";
import { type Ground, rehearse, runAttempt, specFor } from "./run-attempt.ts";
import { SlotQueue } from "./slot-queue.ts";
import { UsualImports } from "./usual-imports.ts";
import { removeAbandoned } from "./work-folder.ts";
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
  /** A track whose last good script took longer has its next ones tried on a few rows first. */
  rehearseAboveSeconds?: number;
  /** Whether a Python is kept ready for each slot, where the executor can. */
  prewarm?: boolean;
  /** Lets a script run that nothing is known of and that has its slot, or fails with what stands in its way. */
  admit?: (request: RunRequest, run: () => Promise<Run>) => Promise<Run>;
  onStart?: (script: { id: string; purpose: RunPurpose }) => void;
  onEnd?: (script: { run: Run; purpose: RunPurpose; origin: Origin }) => void;
}

/** Whether the script ran just now, had run under the same id before, or the cache knew it from somewhere else. */
export type Origin = "ran" | "attempt" | "cache";

const LONG_SECONDS = 60;

/** The port, with an end: it lets go of what was kept ready. */
export type PythonRunner = RunPython & { close(): Promise<void> };

/**
 * Runs scripts in attempt folders, as many at once as there are slots. A script that already ran under its id is not
 * run again; an interrupted one leaves no result, so that it is.
 */
export function pythonRunner(options: PythonRunnerOptions): PythonRunner {
  const { executor, plan, prewarm = true } = options;
  const queue = new SlotQueue(plan, new MachineShares(options.sharesFile));
  const attemptsFolder = resolve(options.attemptsFolder);
  // Beside the attempts, so that nothing of a script lies where results do.
  const workFolders = join(attemptsFolder, "..", "work");
  const ground = { ...options, inputFolder: realpathSync(options.inputFolder) };
  const imports = new UsualImports();
  const places = new WorkPlaces(executor, workFolders, ground.inputFolder, imports);
  const known = options.cache && knownAttempts(ground, executor.name, options.cache);
  const inFlight = new Map<string, Promise<unknown>>();
  const cleared = removeAbandoned(workFolders);
  const lastSeconds = new Map<string, number>();
  let closed = false;

  const runOnce = async (request: RunRequest): Promise<Run> => {
    const { id, script, purpose, signal } = request;
    await cleared;
    const attempt = await findAttempt(attemptsFolder, id, script, purpose);
    const end = (run: Run, origin: Origin) => {
      options.onEnd?.({ run, purpose, origin });
      return run;
    };
    if (attempt.finished !== null) return end(attempt.finished, "attempt");
    const release = await known?.claim(request).catch(unlessAborted(signal));
    if (release === null) return neverStarted(attempt.id);
    try {
      const cached = await known?.find(attempt, request);
      if (cached) return end(cached, "cache");
      return end(await runInSlot(attempt, request), "ran");
    } finally {
      release?.();
    }
  };

  const runInSlot = async (attempt: Attempt, request: RunRequest): Promise<Run> => {
    const { id, script, purpose, signal } = request;
    const python = (await options.preflight?.(request)) ?? options;
    if ("problem" in python) {
      await prepareAttempt(attempt, script, ground.inputFolder);
      const refused = refusedRun(attempt.id, python.problem);
      finishAttempt(attempt, refused);
      return refused;
    }
    const track = topFolder(id);
    const slot = await queue.acquire({ track, purpose }, signal).catch(unlessAborted(signal));
    if (slot === null) return neverStarted(attempt.id);
    const execute = async (): Promise<Run> => {
      options.onStart?.({ id: attempt.id, purpose });
      const { interpreter, interpreterRoots } = python;
      const own = { ...ground, interpreter, interpreterRoots };
      const task = { ground: own, places, attempt, request, slot: slot.index };
      const isLong = (lastSeconds.get(track) ?? 0) > (options.rehearseAboveSeconds ?? LONG_SECONDS);
      const run = (isLong ? await rehearse(task) : null) ?? (await runAttempt(task));
      if (run.ok) lastSeconds.set(track, run.seconds);
      if (run.outcome !== "aborted") finishAttempt(attempt, run);
      await known?.keep(attempt, request, run);
      imports.note(script);
      if (prewarm && !closed) await places.refill(specFor(ground, slot.index, "", null));
      return run;
    };
    try {
      return await (options.admit?.(request, execute) ?? execute());
    } finally {
      slot.release();
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
    await places.close();
    queue.close();
  };
  return Object.assign(runPython, { close });
}

/** Attempts of one track share their first folder. */
function topFolder(id: string): string {
  return id.slice(0, Math.max(id.indexOf("/"), 0)) || id;
}

/** Null for what the signal ended; any other failure goes on. */
function unlessAborted(signal?: AbortSignal) {
  return (error: unknown): null => {
    if (signal?.aborted) return null;
    throw error;
  };
}

/** The caller of a failed request is told; the next one for the same id only waits for its end. */
function ignore(): void {}

function neverStarted(id: string): Run {
  return {
    id,
    ok: false,
    outcome: "aborted",
    exitCode: null,
    stdout: "",
    stderr: "The script was not started because the run was interrupted.\n",
    seconds: 0,
    submission: null,
  };
}
