import type { InitializerInput } from "../../../core/questions.ts";
import { catalogueModel } from "../catalogue/catalogue.ts";
import { ownModelFrom } from "../catalogue/own-model.ts";
import type { Facts } from "../recipe/facts.ts";
import { part } from "../recipe/recipe.ts";
import { initialRecipe, renderScript } from "../script/script.ts";

/** A first script that uses the one model described. */
export function initializer({ description }: InitializerInput, facts: Facts): string {
  const { name, exampleCode } = description;
  const known = catalogueModel(name);
  const model =
    known === null ? ownModelFrom(facts, name, exampleCode) : part(known.name, known.sized(facts));
  return renderScript(facts, initialRecipe(facts, [model]));
}
