import { AgentOutputError } from "../../../core/errors.ts";
import type { CoderInput } from "../../../core/questions.ts";
import type { Facts } from "../recipe/facts.ts";
import { partsOfPlan } from "../recipe/recipe.ts";
import { cellsOf, renderCell } from "../script/script.ts";

/** The block's cell, written anew along the plan's recipe. */
export function coder({ block, plan }: CoderInput, facts: Facts): string {
  const [cell] = cellsOf(block);
  const parts = partsOfPlan(plan);
  if (cell === undefined || parts === null)
    throw new AgentOutputError(
      "coder",
      "the built-in engineer can only code plans that end with a recipe, for blocks with a header of its own: give this agent a language model (--model provider:name)",
    );
  return renderCell(facts, cell.name, parts);
}
