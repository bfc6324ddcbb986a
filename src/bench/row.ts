import { z } from "zod";
import { Direction } from "../core/candidate.ts";
import { MeasuredBy } from "../core/measurement.ts";
import type { EventOf } from "../record/event.ts";

/** The score that a run told its user. */
const Reported = z.object({
  score: z.number(),
  /** Standard error and interval of 95 %; null for a claim, which has none. */
  error: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
  /** A claim is what a script printed, and nobody measured. */
  by: z.enum([...MeasuredBy.options, "claim"]),
});
export type Reported = z.infer<typeof Reported>;

export const Medal = z.enum(["gold", "silver", "bronze"]);
export type Medal = z.infer<typeof Medal>;

/** One run of a benchmark: how it ended, what it said of itself, what the answers say of it. */
export const Row = z.object({
  task: z.string(),
  seed: z.number(),
  /** The run's folder. */
  run: z.string(),
  /** `failed` is all that came to no result: refused, crashed, stopped. */
  status: z.enum(["done", "no solution", "failed"]),
  /** What went wrong with the run, or else with its grading, in a sentence. */
  problem: z.string().nullable(),
  metric: z.string().nullable(),
  direction: Direction.nullable(),
  /** The score on the answers, with the noise of as many rows as they have. */
  hidden: z.object({ score: z.number(), error: z.number() }).nullable(),
  reported: Reported.nullable(),
  /** Whether the two agree within their noise; null where either has none. */
  inside: z.boolean().nullable(),
  medal: Medal.nullable(),
  aboveMedian: z.boolean().nullable(),
  seconds: z.number().nullable(),
  tokens: z.number().nullable(),
  usd: z.number().nullable(),
});
export type Row = z.infer<typeof Row>;

/** What a run's result tells of its score. */
export function reportedBy({ score, measured }: EventOf<"result">): Reported | null {
  if (measured !== null) return measured;
  return score === null ? null : { score, error: null, interval: null, by: "claim" };
}

/**
 * Whether the hidden score lies where the reported one says: no farther from it than the end of its interval on that side, with
 * the noise of the hidden rows (a difference by MOVER, Zou and Donner 2008: right also where an interval is lopsided).
 */
export function agrees(
  hidden: { score: number; error: number },
  { score, interval }: Reported,
): boolean | null {
  if (interval === null) return null;
  const away = hidden.score - score;
  const reach = interval[away < 0 ? 0 : 1] - score;
  return Math.abs(away) <= Math.hypot(1.96 * hidden.error, reach);
}
