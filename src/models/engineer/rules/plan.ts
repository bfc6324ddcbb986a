import type { Idea } from "../recipe/block.ts";
import { type Part, parseParts, printParts } from "../recipe/recipe.ts";

const RECIPE = /\(recipe: (.*)\)\s*$/s;

/** A plan in words that ends with the recipe the coder is to write. */
export const planOf = (block: string, { parts, words }: Idea): string =>
  `${words} The ${block} cell is rewritten to this end; all other cells stay as they are, so that the effect can be measured on the same folds. (recipe: ${printParts(parts)})`;

/** The ingredients a plan names; null when it names none. */
export function partsOfPlan(plan: string): Part[] | null {
  const [, text] = RECIPE.exec(plan) ?? [];
  return text === undefined ? null : parseParts(text);
}
