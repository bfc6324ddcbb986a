import { gain } from "../core/candidate.ts";
import type { TriedPlan } from "../core/tried-plan.ts";
import type { Ledger } from "./ledger.ts";

/** The plans of these candidates and how they ended, each held against that score and against the run's best before it. */
export const triedPlans = (
  ledger: Ledger,
  ids: readonly string[],
  against: number | null,
): TriedPlan[] =>
  ids
    .map((id) => ledger.candidate(id))
    .map(({ plan, score, run, problem, withdrawn, blendGain }) => ({
      plan: plan ?? "",
      score,
      gain: score === null || against === null ? null : gain(against, score, ledger.direction),
      blendGain,
      seconds: run?.seconds ?? null,
      problem: withdrawn ?? problem,
    }));
