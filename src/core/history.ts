import type { Attempt } from "./attempt.ts";
import { type Candidate, type Direction, gain } from "./candidate.ts";
import { inShort } from "./outcome.ts";
import type { RunEvent } from "./run-event.ts";

/** A plan's line of history, measured against the candidate it set out from. */
export function attemptOf(
  plan: string,
  base: Candidate | null,
  outcome: { candidate: Candidate; problem: string | null },
  direction: Direction,
): Attempt {
  const { score, run } = outcome.candidate;
  const before = base?.score ?? null;
  return {
    plan,
    score,
    gain: score === null || before === null ? null : gain(before, score, direction),
    seconds: run?.seconds ?? null,
    problem: score === null ? inShort(outcome.problem ?? "it printed no score") : null,
  };
}

/** The scratchpad's line for an evaluated candidate. */
export function candidateEvent(
  outcome: { candidate: Candidate; problem: string | null },
  origin: { parent?: string; plan?: string; before?: string; after?: string } = {},
): RunEvent {
  const { id, title, run, score } = outcome.candidate;
  return {
    type: "candidate",
    // What was never run may still be, with another end.
    key: run === null ? `${id}/candidate, not run` : `${id}/candidate`,
    at: id,
    title,
    parent: origin.parent ?? null,
    plan: origin.plan ?? null,
    before: origin.before ?? null,
    after: origin.after ?? null,
    runId: run?.id ?? null,
    score,
    seconds: run?.seconds ?? null,
    problem: score === null ? inShort(outcome.problem ?? "it printed no score") : null,
  };
}

/** Whether a loop's last attempts, as many as the settings' patience, all brought nothing; never without such a setting. */
export function isWorn(attempts: readonly Attempt[], { patience }: { patience: number }): boolean {
  let row = 0;
  let most = 0;
  for (const { gain } of attempts) {
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
