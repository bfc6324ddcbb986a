import { AgentOutputError } from "../../../core/errors.ts";
import type { EnsemblePlannerInput } from "../../../core/questions.ts";
import { partsOfPlan } from "../recipe/recipe.ts";
import { COMBINATIONS } from "../script/combination.ts";

/** The next way to combine the solutions that was not tried; the first round, an average or a blend, comes from the graph itself. */
export function ensemblePlanner({ attempts }: EnsemblePlannerInput): string {
  const tried = new Set(attempts.map(({ plan }) => partsOfPlan(plan)?.[0]?.name ?? "average"));
  const next = COMBINATIONS.find(({ name }) => !tried.has(name));
  if (next === undefined)
    throw new AgentOutputError("ensemble-planner", "every way to combine the solutions was tried");
  return `${next.words} No solution changes; only predictions are combined. (recipe: ${next.name})`;
}
