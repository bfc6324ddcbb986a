import type { Run } from "../../src/core/candidate.ts";
import type { RunPurpose, RunRequest } from "../../src/core/ports.ts";
import type { ExecutionCache, ExecutionKey } from "../execution-cache/execution-cache.ts";
import { treeDigest } from "../execution-cache/tree-digest.ts";
import { type Attempt, attemptFiles, finishAttempt, prepareAttempt } from "./attempt-folder.ts";
import { type Ground, rowCap } from "./run-attempt.ts";

/** What earlier runs left, and what is part of every execution's identity. */
export interface KnownBy {
  executions: ExecutionCache;
  environmentDigest: string;
  /** Told once when results cannot be kept: the run goes on without. */
  onProblem: (sentence: string) => void;
}

export interface KnownAttempts {
  /** Waits while the same execution goes on for another attempt; returns how to let the next one have it. */
  claim(request: RunRequest): Promise<() => void>;
  /** Makes the attempt from what the same execution left elsewhere; null when it has to run. */
  find(attempt: Attempt, request: RunRequest): Promise<Run | null>;
  keep(attempt: Attempt, request: RunRequest, run: Run): Promise<void>;
}

/** Finds attempts in the cache of executions, and adds those that ran. */
export function knownAttempts(ground: Ground, executor: string, cache: KnownBy): KnownAttempts {
  const { settings, plan } = ground;
  let dataDigest: Promise<string> | null = null;
  const keyOf = async (script: string, purpose: RunPurpose): Promise<ExecutionKey> => {
    // The data of a run do not change: they are read through once.
    dataDigest ??= treeDigest(ground.inputFolder);
    return {
      script,
      dataDigest: await dataDigest,
      environmentDigest: cache.environmentDigest,
      executor,
      cpus: plan.cpusPerSlot,
      memoryMb: plan.memoryMbPerSlot,
      seed: settings.seed,
      maxTrainRows: rowCap(ground, purpose),
      seconds: settings.scriptSeconds,
    };
  };
  let isTold = false;
  const tellOnce = (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    if (!isTold)
      cache.onProblem(
        `Results of scripts are not kept for later runs (${reason}): see docs/sandbox.md.`,
      );
    isTold = true;
  };
  return {
    async claim({ script, purpose, signal }) {
      return cache.executions.claim(await keyOf(script, purpose), signal);
    },
    async find(attempt, { script, purpose }) {
      const key = await keyOf(script, purpose);
      await prepareAttempt(attempt, script, ground.inputFolder);
      const found = await cache.executions.find(key, attemptFiles(attempt));
      if (found === null) return null;
      const submission = await ground.checkSubmission(attempt.folder);
      const run = { id: attempt.id, ...found, submission };
      finishAttempt(attempt, run);
      return run;
    },
    async keep(attempt, { script, purpose }, run) {
      const key = await keyOf(script, purpose);
      await cache.executions.keep(key, run, attemptFiles(attempt)).catch(tellOnce);
    },
  };
}
