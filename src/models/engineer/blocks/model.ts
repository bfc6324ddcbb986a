import { modelOf, suitableModels } from "../catalogue/catalogue.ts";
import { numberOf } from "../catalogue/catalogue-model.ts";
import type { Block, Idea } from "../recipe/block.ts";
import { byKind } from "../recipe/by-kind.ts";
import type { Facts } from "../recipe/facts.ts";
import { indent, withImports } from "../recipe/python.ts";
import { type Part, part, printParts, withPart } from "../recipe/recipe.ts";

/** Which models are fitted; their predictions are averaged. */
export const model: Block = {
  name: "Model",
  applies: () => true,
  initial: (_, models) => models,
  python: (facts, parts) => {
    const list = parts.map((each) => {
      const { python } = modelOf(each);
      const seeds = numberOf(each.options, "seeds", 1);
      if (seeds <= 1) return `${python(facts, each.options, "SEED")},`;
      return `*(\n${indent(python(facts, each.options, "SEED + extra"))}\n    for extra in range(${seeds})\n),`;
    });
    const code = `def models():
    """Unfitted models; their predictions are averaged with equal weights."""
    return [
${indent(list.join("\n"), 8)}
    ]


def fit_predict(X, y, X_other):
    """The models' average ${byKind(facts, "prediction", "class probabilities")} for \`X_other\`."""
    return np.mean([model.fit(X, y).${byKind(facts, "predict", "predict_proba")}(X_other) for model in models()], axis=0)`;
    return withImports(
      code,
      parts.flatMap((each) => modelOf(each).imports ?? []),
    );
  },
  // In turn, so that neither new models nor other options are tried last.
  ideas: (facts, current) => {
    const [added, tuned] = [additions(facts, current), tunings(facts, current)];
    const length = Math.max(added.length, tuned.length);
    return Array.from({ length }, (_, at) =>
      [added[at], tuned[at]].filter((idea) => idea != null),
    ).flat();
  },
};

const additions = (facts: Facts, current: readonly Part[]): Idea[] =>
  suitableModels(facts)
    .filter(({ name }) => !current.some((each) => each.name === name))
    .slice(0, 5)
    .map((entry) => ({
      parts: [...current, part(entry.name, entry.sized(facts))],
      words: `Average in ${entry.title}, whose errors differ from those of the models there.`,
    }));

const tunings = (facts: Facts, current: readonly Part[]): Idea[] =>
  current.flatMap((each) => {
    const { title, tunings } = modelOf(each);
    return (tunings?.(facts, each.options) ?? []).map((options) => ({
      parts: withPart(current, part(each.name, options)),
      words: `Fit ${title} as ${printParts([part(each.name, options)])}.`,
    }));
  });
