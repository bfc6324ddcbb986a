import type { EnsemblerInput } from "../../../core/questions.ts";
import type { Facts } from "../recipe/facts.ts";
import { part } from "../recipe/recipe.ts";
import { renderEnsemble } from "../script/ensemble-script.ts";
import { partsOfPlan } from "./plan.ts";
import { readRecipe } from "./read-recipe.ts";

/** One script that holds every solution's pipeline and combines their predictions along the plan. */
export function ensembler({ solutions, plan }: EnsemblerInput, facts: Facts): string {
  const recipes = solutions.map(({ script }) => readRecipe("ensembler", script));
  return renderEnsemble(facts, recipes, partsOfPlan(plan)?.[0] ?? part("average"));
}
