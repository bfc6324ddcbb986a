import { z } from "zod";
import { RunPurpose } from "../src/core/candidate.ts";
import { Place } from "../src/core/place.ts";
import { DebuggerInput, LeakageCheckerAnswer } from "../src/core/questions.ts";
import { Seen } from "./node.ts";

export const EvaluateState = Seen.extend({
  at: z.string(),
  purpose: RunPurpose,
  title: z.string(),
  script: z.string(),
  /** Whether it is the program's own, which is neither checked nor mended. */
  isOwn: z.boolean().default(false),
  /** Seconds that it took in the search; null when it never ran. */
  expects: z.number().nullable().default(null),
  /** Seconds that the scripts took together that it joins into one; null for others. */
  joined: z.number().nullable().default(null),
  /** The attempt that it is measured against; null where there is none. */
  parent: z.string().nullable().default(null),
  /** Whether its score calls for the leakage checker. */
  suspect: z.boolean().default(false),
  /** What the leakage checker found; null when it was not asked or gave no usable answer. */
  leakage: LeakageCheckerAnswer.nullable().default(null),
  /** What the last run, or the leak, leaves to mend; null when all is well. */
  problem: z.string().nullable().default(null),
  /** Whether a cap of the run kept the script from running. */
  refused: z.boolean().default(false),
  /** The debugger's newest script; empty when it had none. */
  draft: z.string().default(""),
  fixes: DebuggerInput.shape.fixes.default([]),
  /** The attempts of the first and of the last run. */
  firstRun: z.string().nullable().default(null),
  lastRun: z.string().nullable().default(null),
  /** The latest version that earned a score. */
  scored: z.object({ script: z.string(), runId: z.string() }).nullable().default(null),
});
export type EvaluateState = z.infer<typeof EvaluateState>;

/** The next correction. */
export const debugPlace = ({ at, fixes }: EvaluateState) =>
  Place.parse(at).debug(fixes.length + 1).text;

/** Where the script as it is now runs. */
export const runPlace = ({ at, fixes }: EvaluateState) =>
  fixes.length === 0 ? at : Place.parse(at).debug(fixes.length).text;
