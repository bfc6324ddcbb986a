import type { Run } from "../../src/core/candidate.ts";
import type { Ended } from "./control-execution.ts";

/** What a run came to, and the sentence that says so to whoever reads its standard error. */
export interface Verdict {
  outcome: Run["outcome"];
  sentence: string | null;
}

/** What a script was given, as it is told afterwards. */
export interface Limits {
  seconds: number;
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
  24: "it used up its processor time (SIGXCPU)",
  25: "it wrote a file larger than allowed (SIGXFSZ)",
};

const STOPS: Record<NonNullable<Ended["stopped"]>, (limits: Limits) => string> = {
  timeout: ({ seconds }) => `it was stopped at its time limit of ${seconds} seconds`,
  "output-limit": () => "it was stopped because it printed too much",
  "disk-limit": () => "it was stopped because it wrote too much to disk",
  memory: ({ memoryMb }) => `it was stopped because it used more than ${memoryMb} MB`,
  aborted: () => "it was stopped because the run was interrupted",
};

/** Judges an ended script. Only the exit code decides about success: a traceback on standard error does not. */
export function describeEnd(ended: Ended, limits: Limits): Verdict {
  if (ended.stopped !== null) return said(ended.stopped, STOPS[ended.stopped](limits));
  if (ended.exitCode === 0) return { outcome: "ok", sentence: null };
  const lastLines = ended.stderr.trimEnd().split("\n").slice(-LAST_LINES);
  if (lastLines.some((line) => MEMORY_ERROR.test(line)))
    return said("memory", `it needed more memory than its ${limits.memoryMb} MB`);
  const signal = SIGNALS[ended.exitCode - 128];
  if (signal !== undefined) return said("error", signal);
  return { outcome: "error", sentence: null };
}

const said = (outcome: Run["outcome"], what: string): Verdict => ({
  outcome,
  sentence: `The script did not end well: ${what}.`,
});
