import { z } from "zod";

/** One plan that was tried and how it ended: what planners read to propose something else. */
export const TriedPlan = z.object({
  plan: z.string(),
  score: z.number().nullable(),
  /** Change against the script it started from, positive is better; null when either has no score. */
  gain: z.number().nullable(),
  /** What the run's best gained by it, with the blend that it led to; null where that is not known. */
  blendGain: z.number().nullable().default(null),
  seconds: z.number().nullable(),
  /** Why it has no score, in one sentence; null when it has one. */
  problem: z.string().nullable(),
});
export type TriedPlan = z.infer<typeof TriedPlan>;

/** Whether a loop's last plans, as many as the settings' patience, all brought nothing; never without such a setting. */
export function isWorn(tried: readonly TriedPlan[], { patience }: { patience: number }): boolean {
  let row = 0;
  let most = 0;
  for (const { gain, blendGain } of tried) {
    const isAhead = gain !== null && gain > most;
    if (isAhead) most = gain;
    const better = isAhead || (blendGain ?? 0) > 0;
    row = better ? 0 : row + 1;
  }
  return patience > 0 && row >= patience;
}

/** The first sentence of a plan, for titles. */
export function titleOf(plan: string): string {
  const sentence = /^[\s\S]*?[.!?](?=\s|$)/.exec(plan.trim())?.[0] ?? plan.trim();
  return sentence.replace(/\s+/g, " ").slice(0, 120);
}

/** One script of the run and what came of it. */
export const NotebookEntry = z.object({
  at: z.string(),
  /** Its plan, whole; its title where it has none. */
  idea: z.string(),
  /** Null when it does not count. */
  score: z.number().nullable(),
  /** Standard error of a measured score. */
  error: z.number().nullable(),
  /** Over the attempt it was made from; the error is null where scores are claims. */
  gain: z.object({ gain: z.number(), error: z.number().nullable() }).nullable(),
  /** What the run's best gained by it, with the blend that it led to. */
  blendGain: z.number().nullable(),
  seconds: z.number().nullable(),
  /** Why it does not count, in a sentence; null when it does. */
  problem: z.string().nullable(),
});
export type NotebookEntry = z.infer<typeof NotebookEntry>;

/** A run so far, over all its tracks: what those who choose the next step look back on. */
export const Notebook = z.object({
  /** In the order in which they were judged. */
  entries: z.array(NotebookEntry),
  /** What ablations showed, the latest last. */
  studies: z.array(z.object({ at: z.string(), summary: z.string() })),
  /** Predictions that scripts find in `./input/members/`, by their number there. */
  members: z.array(
    z.object({ number: z.number(), at: z.string(), name: z.string(), score: z.number() }),
  ),
  /** The latest blend that is better than its members, with what weighs most in it. */
  blend: z
    .object({
      score: z.number(),
      error: z.number(),
      weights: z.array(z.object({ name: z.string(), weight: z.number() })),
    })
    .nullable(),
  /** The best script: its score on each fold, and how its output ended. */
  best: z
    .object({
      at: z.string(),
      title: z.string(),
      score: z.number(),
      error: z.number().nullable(),
      folds: z.array(z.number().nullable()),
      output: z.string(),
    })
    .nullable(),
  /** What other tracks are about to try: planned, and not scored yet. */
  underway: z.array(z.object({ at: z.string(), plan: z.string() })),
  /** What the best predictions, of the blend or of a script, get most wrong: a line each, of the data; null where that is not known. */
  worst: z.string().nullable(),
  /** How alike members predict: pairs of their numbers, with a correlation. */
  alike: z.array(z.object({ numbers: z.array(z.number()), correlation: z.number() })),
});
export type Notebook = z.infer<typeof Notebook>;
