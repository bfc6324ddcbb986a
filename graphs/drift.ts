import { hasDrifted } from "../src/core/agreement.ts";
import { type Attempt, hasSubmission } from "../src/record/attempt.ts";
import type { Ports } from "./ports.ts";

/**
 * Why the predictions of a run cannot be those of the attempt, in a sentence; null when they may be. How far other attempts
 * are from it is the yardstick.
 */
export async function driftOf(
  { agreement, journal }: Pick<Ports, "agreement" | "journal">,
  attempt: Attempt,
  { runId, among, most }: { runId: string; among: readonly string[]; most: number },
): Promise<string | null> {
  const own = hasSubmission(attempt) ? (attempt.run?.id ?? null) : null;
  const agreed = own === null ? null : await agreement(own, runId);
  if (own === null || agreed === null) return null;
  const others = journal.ledger.standing(among).filter(({ id }) => id !== attempt.id);
  const distances = await Promise.all(
    others.slice(0, most).map(({ run }) => (run === null ? null : agreement(own, run.id))),
  );
  const yardstick = distances.filter((value) => value !== null);
  return hasDrifted(agreed, yardstick)
    ? `its predictions are not those of ${own}: they agree to ${agreed.toFixed(2)}, where 1 is the same and 0 unrelated`
    : null;
}
