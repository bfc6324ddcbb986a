import { constants } from "node:os";
import type { Run } from "../../src/core/candidate.ts";
import type { Ended, StopReason } from "./control-execution.ts";
import type { TimeLimit } from "./time-limit.ts";

/** What a run came to, and the sentence that says so to whoever reads its standard error. */
export interface Verdict {
  outcome: Run["outcome"];
  sentence: string | null;
}

/** What a script was given, as it is told afterwards. */
export interface Limits {
  limit: TimeLimit;
  cpus: number;
  memoryMb: number;
}

const MEMORY_ERROR =
  /^(?:[\w.]*MemoryError|std::bad_alloc|terminate called after .*std::bad_alloc)/;
const LAST_LINES = 5;

const SIGNALS: Record<number, string> = {
  4: "it used an instruction that this processor does not have (SIGILL)",
  6: "native code gave up (SIGABRT)",
  7: "native code touched memory that is not there (SIGBUS)",
  8: "native code divided by zero (SIGFPE)",
  9: "it was killed (SIGKILL), most likely because the machine ran out of memory",
  11: "native code crashed with a segmentation fault (SIGSEGV)",
  13: "it wrote to a closed pipe (SIGPIPE)",
  15: "it was told to end (SIGTERM)",
  25: "it wrote a file larger than allowed (SIGXFSZ)",
};

const STOPS: Record<StopReason, (limits: Limits, ended: Ended) => Verdict> = {
  cpu: ({ limit: { seconds }, cpus }, ended) =>
    said(
      "timeout",
      `it was stopped at its time limit of ${seconds} seconds${cpus === 1 ? "" : ` on ${cpus} cores`}: it had used ${cpuTime(ended)}`,
    ),
  wall: ({ limit: { seconds, wallSeconds } }, ended) =>
    said(
      "timeout",
      `it was stopped after ${wallSeconds} seconds, of which it used ${cpuTime(ended)}: it hung, or waited for something; its time limit is ${seconds} seconds of work`,
    ),
  left: ({ limit }, ended) =>
    said(
      "timeout",
      `it was stopped at its time limit: no more than ${limit.leftSeconds} seconds were left of the run, and it had used ${cpuTime(ended)}`,
    ),
  "output-limit": () => said("output-limit", "it was stopped because it printed too much"),
  "disk-limit": () => said("disk-limit", "it was stopped because it wrote too much to disk"),
  memory: ({ memoryMb }) =>
    said("memory", `it was stopped because it used more than ${memoryMb} MB`),
  aborted: () => said("aborted", "it was stopped because the run was interrupted"),
};

const cpuTime = ({ cpuSeconds }: Ended) =>
  cpuSeconds === null ? "its time" : `${Math.round(cpuSeconds)} s of CPU time`;

/** Judges an ended script. Only the exit code decides about success: a traceback on standard error does not. */
export function describeEnd(ended: Ended, limits: Limits): Verdict {
  if (ended.stopped !== null) return STOPS[ended.stopped](limits, ended);
  if (ended.exitCode === 0) return { outcome: "ok", sentence: null };
  const lastLines = ended.stderr.trimEnd().split("\n").slice(-LAST_LINES);
  if (lastLines.some((line) => MEMORY_ERROR.test(line)))
    return said("memory", `it needed more memory than its ${limits.memoryMb} MB`);
  if (ended.exitCode === 128 + constants.signals.SIGXCPU) return STOPS.cpu(limits, ended);
  const signal = SIGNALS[ended.exitCode - 128];
  if (signal !== undefined) return said("error", signal);
  return { outcome: "error", sentence: null };
}

/** The part of its limits of time that a script used. */
export function limitShare(ended: Ended, { limit, cpus }: Limits): number {
  const { seconds, cpuSeconds, starvedSeconds } = ended;
  const share = Math.max(
    (cpuSeconds ?? 0) / (limit.seconds * cpus),
    (seconds - starvedSeconds) / limit.wallSeconds,
    seconds / limit.leftSeconds,
  );
  return Number(share.toPrecision(3));
}

const said = (outcome: Run["outcome"], what: string): Verdict => ({
  outcome,
  sentence: `The script did not end well: ${what}.`,
});
