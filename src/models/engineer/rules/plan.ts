import { ideasFor } from "../blocks/blocks.ts";
import type { Idea } from "../recipe/block.ts";
import type { Facts } from "../recipe/facts.ts";
import { type Part, printParts } from "../recipe/recipe.ts";

/** A plan in words that ends with the recipe the coder is to write. */
export const planOf = (block: string, { parts, words }: Idea): string =>
  `${words} The ${block} cell is rewritten to this end; all other cells stay as they are, so that the effect can be measured on the same folds. (recipe: ${printParts(parts)})`;

/**
 * What a block may be made of that is still to be tried. What changes no model says little more on another script: in laps
 * one track tries it, once.
 */
export function ideasLeft(facts: Facts, block: string, current: readonly Part[]): Idea[] {
  const { past, turn } = facts;
  const ideas = ideasFor(facts, block, current);
  if (!turn.isLap || block === "Model") return ideas;
  const told = new Set((past ?? []).map(({ idea }) => idea));
  return ideas.filter(
    (idea, at) => at % turn.tracks === turn.track % turn.tracks && !told.has(planOf(block, idea)),
  );
}
