import type { Run } from "../../src/core/candidate.ts";
import type { RunRequest } from "../../src/core/ports.ts";
import { standsOnMembers } from "../../src/record/members.ts";
import type { Attempt } from "./attempt-folder.ts";
import type { ExecutionCache, ExecutionKey } from "./cache/execution-cache.ts";
import { type Ground, rowCap } from "./run-attempt.ts";

/** What earlier runs left, and what is part of every execution's identity. */
export interface KnownBy {
  executions: ExecutionCache;
  /** Of the task's data, which do not change within a run. */
  dataDigest: string;
  environmentDigest: string;
  /** Told once when results cannot be kept: the run goes on without. */
  onProblem: (sentence: string) => void;
}

/** Finds attempts in the cache of executions, and adds those that ran. */
export function knownAttempts(ground: Ground, executor: string, cache: KnownBy) {
  const { settings, plan, timeLimit } = ground;
  const { executions, dataDigest, environmentDigest } = cache;
  const keyOf = (request: RunRequest): ExecutionKey => ({
    script: request.script,
    dataDigest: `${dataDigest} ${request.purpose === "submission" ? "whole" : "view"}`,
    environmentDigest,
    executor,
    cpus: plan.cpusPerSlot,
    memoryMb: plan.memoryMbPerSlot,
    seed: settings.seed,
    maxTrainRows: rowCap(ground, request.purpose),
    limit: timeLimit(request),
  });
  /** What such a script does hangs on the attempts before it, or on data that no other run has. */
  const isOfThisRun = ({ script, inputFolder }: RunRequest) =>
    inputFolder !== undefined || standsOnMembers(script);
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
    /** Makes the attempt from what the same execution left elsewhere; null when it has to run. */
    async find(attempt: Attempt, request: RunRequest): Promise<Run | null> {
      if (isOfThisRun(request)) return null;
      const found = await executions.find(keyOf(request), attempt.folder);
      if (found === null) return null;
      const submission = await ground.checkSubmission(attempt.folder, request.purpose);
      return { id: attempt.id, ...found, origin: "cache", submission };
    },
    async keep(attempt: Attempt, request: RunRequest, run: Run): Promise<void> {
      if (isOfThisRun(request)) return;
      await executions.keep(keyOf(request), run, attempt.folder).catch(tellOnce);
    },
  };
}
