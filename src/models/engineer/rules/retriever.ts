import type { ModelDescription } from "../../../core/model-description.ts";
import type { RetrieverInput } from "../../../core/questions.ts";
import { catalogueModel, suitableModels } from "../catalogue/catalogue.ts";
import type { CatalogueModel } from "../catalogue/catalogue-model.ts";
import { restOfLineUp } from "../catalogue/line-up.ts";
import { byKind } from "../recipe/by-kind.ts";
import type { Facts } from "../recipe/facts.ts";
import { withImports } from "../recipe/python.ts";

/** Well suited models from the catalogue: the tracks take turns, and share models only when there are too few. */
export function retriever(
  { track, wanted, known, settings }: RetrieverInput,
  facts: Facts,
): { models: ModelDescription[] } {
  // What the line-up still holds comes to the tracks by itself.
  const rest = facts.turn.isLap ? restOfLineUp(facts) : [];
  const there = new Set([
    ...known.map(({ name }) => catalogueModel(name)?.name),
    ...rest.map(({ name }) => name),
  ]);
  const order = suitableModels(facts).filter(({ name }) => !there.has(name));
  const own = order.filter((_, at) => at % settings.tracks === (track - 1) % settings.tracks);
  const hand = [...new Set([...own, ...order])].slice(0, wanted);
  return { models: hand.map((model) => describe(facts, model)) };
}

const describe = (facts: Facts, model: CatalogueModel): ModelDescription => ({
  name: model.title,
  description: model.description,
  exampleCode: withImports(`SEED, CPUS = 0, 1
model = ${model.python(facts, model.sized(facts), "SEED")}
model.fit(X, y)
predictions = model.${byKind(facts, "predict", "predict_proba")}(X_other)`),
  sources: [`${model.package} documentation`],
});
