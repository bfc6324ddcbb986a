import { AgentOutputError } from "../../../core/errors.ts";
import type { Recipe } from "../recipe/recipe.ts";
import { isOwnScript, recipeOf } from "../script/script.ts";

/** The recipe of a script, or an error that says that the script is not of this engineer's hand. */
export function readRecipe(agent: string, script: string): Recipe {
  if (!isOwnScript(script))
    throw new AgentOutputError(
      agent,
      "the built-in engineer cannot read a script that it did not write: give this agent a language model (--model provider:name)",
    );
  return recipeOf(script);
}
