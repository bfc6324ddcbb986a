import { z } from "zod";

/** How the harness judged the submission a script left behind. */
export const SubmissionCheck = z.object({
  valid: z.boolean(),
  /** One sentence a model or a person can act on; null when valid. */
  problem: z.string().nullable(),
});
export type SubmissionCheck = z.infer<typeof SubmissionCheck>;

/**
 * What a script run is for: it decides about its data, the row cap and how urgent it is. A proof runs a script on changed labels;
 * an exploration only prints what it finds.
 */
export const RunPurpose = z.enum(["solution", "ablation", "submission", "proof", "exploration"]);
export type RunPurpose = z.infer<typeof RunPurpose>;

/** What one execution of a script left behind. A crash is a run with `ok: false`, never an error. */
export const Run = z.object({
  /** The attempt's folder below `attempts/`, read as a path: `track-1/refine-2/attempt-3`. */
  id: z.string(),
  ok: z.boolean(),
  outcome: z.enum(["ok", "error", "timeout", "memory", "output-limit", "disk-limit", "aborted"]),
  exitCode: z.number().nullable(),
  /** Head and tail of standard output; the last score line is always kept. */
  stdout: z.string(),
  /** Head and tail of standard error. */
  stderr: z.string(),
  /** Of wall-clock time; what it waited for a slot is not counted. */
  seconds: z.number(),
  /** CPU time of the script and all that it started; null or absent where it is not known. */
  cpuSeconds: z.number().nullish(),
  /** The part of its time limit that it used. */
  limitShare: z.number().nullish(),
  /** `cache`: its result was known by content from an earlier execution, and it was not run again. */
  origin: z.enum(["ran", "cache"]).default("ran"),
  /** Null when the script left no submission. */
  submission: SubmissionCheck.nullable(),
});
export type Run = z.infer<typeof Run>;

/** One solution script and what running it showed: the only traveller between the graphs. */
export const Candidate = z.object({
  /** Where in the run it was made: `track-1/model-2`, `track-1/refine-1/attempt-3`, `ensemble-2`. */
  id: z.string(),
  /** One line for people: what distinguishes this candidate. */
  title: z.string(),
  script: z.string(),
  run: Run.nullable(),
  score: z.number().nullable(),
});
export type Candidate = z.infer<typeof Candidate>;

export const Direction = z.enum(["minimize", "maximize"]);
export type Direction = z.infer<typeof Direction>;

/** By how much `second` beats `first`; positive is better in either direction. */
export function gain(first: number, second: number, direction: Direction): number {
  return direction === "minimize" ? first - second : second - first;
}
