import type { EnsemblerInput } from "../../../core/questions.ts";
import type { Facts } from "../recipe/facts.ts";
import { part, partsOfPlan } from "../recipe/recipe.ts";
import { renderEnsemble, renderStack } from "../script/ensemble-script.ts";
import { readRecipe } from "./read-recipe.ts";

/** A script that combines along the plan: what attempts left of their predictions, or else every solution's pipeline in one. */
export function ensembler({ solutions, plan }: EnsemblerInput, facts: Facts): string {
  const combination = partsOfPlan(plan)?.[0] ?? part("average");
  if (facts.blended) return renderStack(facts, combination);
  const recipes = solutions.map(({ script }) => readRecipe("ensembler", script));
  return renderEnsemble(facts, recipes, combination);
}
