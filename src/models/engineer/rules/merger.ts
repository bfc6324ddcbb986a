import { AgentOutputError } from "../../../core/errors.ts";
import type { MergerInput } from "../../../core/questions.ts";
import type { Facts } from "../recipe/facts.ts";
import { printParts } from "../recipe/recipe.ts";
import { renderScript } from "../script/script.ts";
import { readRecipe } from "./read-recipe.ts";

/** The base script, whose Model cell also fits the reference's models and averages all of them. */
export function merger(input: MergerInput, facts: Facts): string {
  if (facts.blended)
    throw new AgentOutputError(
      "merger",
      "predictions are blended: there is nothing to train again",
    );
  const base = readRecipe("merger", input.base.script);
  const reference = readRecipe("merger", input.reference.script);
  const models = base["Model"] ?? [];
  const there = new Set(models.map((model) => printParts([model])));
  const added = (reference["Model"] ?? []).filter((model) => !there.has(printParts([model])));
  if (added.length === 0)
    throw new AgentOutputError("merger", "the base script already has the reference's models");
  return renderScript(facts, { ...base, Model: [...models, ...added] });
}
