import { z } from "zod";

/** One plan that was tried and how it ended: what planners read to propose something else. */
export const TriedPlan = z.object({
  plan: z.string(),
  score: z.number().nullable(),
  /** Change against the script it started from, positive is better; null when either has no score. */
  gain: z.number().nullable(),
  seconds: z.number().nullable(),
  /** Why it has no score, in one sentence; null when it has one. */
  problem: z.string().nullable(),
});
export type TriedPlan = z.infer<typeof TriedPlan>;

/** Whether a loop's last plans, as many as the settings' patience, all brought nothing; never without such a setting. */
export function isWorn(tried: readonly TriedPlan[], { patience }: { patience: number }): boolean {
  let row = 0;
  let most = 0;
  for (const { gain } of tried) {
    const better = gain !== null && gain > most;
    if (better) most = gain;
    row = better ? 0 : row + 1;
  }
  return patience > 0 && row >= patience;
}

/** The first sentence of a plan, for titles. */
export function titleOf(plan: string): string {
  const sentence = /^[\s\S]*?[.!?](?=\s|$)/.exec(plan.trim())?.[0] ?? plan.trim();
  return sentence.replace(/\s+/g, " ").slice(0, 120);
}
