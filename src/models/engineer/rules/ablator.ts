import type { AblatorInput } from "../../../core/questions.ts";
import type { Facts } from "../recipe/facts.ts";
import { renderAblation, switchesOf } from "../script/ablation-script.ts";
import { readRecipe } from "./read-recipe.ts";

/** A script that measures the solution with two or three of its blocks switched off, one at a time. */
export function ablator({ base, summaries, settings }: AblatorInput, facts: Facts): string {
  const recipe = readRecipe("ablator", base.script);
  const timesStudied = (block: string) => summaries.join("\n").split(`"${block}"`).length;
  const switches = switchesOf(recipe)
    .toSorted((a, b) => timesStudied(a.block) - timesStudied(b.block))
    .slice(0, settings.scriptSeconds <= 120 ? 2 : 3);
  return renderAblation(facts, recipe, switches);
}
