import { type Block, type Feature, functionOf } from "../recipe/block.ts";
import type { Facts } from "../recipe/facts.ts";
import { indent, withImports } from "../recipe/python.ts";
import { type Part, part } from "../recipe/recipe.ts";

interface FeatureBlockSpec extends Pick<Block, "name" | "applies"> {
  features: readonly Feature[];
  /** Python that the features share. */
  preamble?(facts: Facts): string;
  /** Names of the features that the first script has. */
  initial(facts: Facts, models: readonly Part[]): readonly string[];
}

/** Whether all models split columns one at a time, and so need neither scales nor a column for each category. */
export const areTrees = (models: readonly Part[]): boolean =>
  models.every(({ name }) => /boost|lightgbm|trees/.test(name));

/** The Python list of a block that adds columns; `build_features` calls the functions it names. */
export const listOf = (block: string): string => block.toUpperCase().replaceAll(" ", "_");

/** A block that adds columns: each ingredient is one Python function, and a list names those in use. */
export function featureBlock({ name, features, ...spec }: FeatureBlockSpec): Block {
  const suited = (facts: Facts) => features.filter(({ suits }) => suits?.(facts) ?? true);
  const isIn = (parts: readonly Part[], feature: Feature) =>
    parts.some((each) => each.name === feature.name);
  return {
    name,
    applies: spec.applies,
    initial: (facts, models) => {
      const wanted = spec.initial(facts, models);
      return suited(facts).flatMap((each) => (wanted.includes(each.name) ? [part(each.name)] : []));
    },
    python: (facts, parts) => {
      const preamble = spec.preamble === undefined ? [] : [spec.preamble(facts).trim()];
      const used = features.filter((feature) => isIn(parts, feature));
      const names = used.map((feature) => functionOf(feature.name)).join(", ");
      const functions = used.map((feature) => functionPython(feature, facts));
      return withImports(
        [...preamble, ...functions, `${listOf(name)} = [${names}]`].join("\n\n\n"),
      );
    },
    ideas: (facts, current) =>
      suited(facts)
        .filter((feature) => !isIn(current, feature))
        .map((feature) => ({ parts: [...current, part(feature.name)], words: feature.words })),
  };
}

const functionPython = ({ name, words, body }: Feature, facts: Facts): string =>
  `def ${functionOf(name)}(fit, y, other):
    """${words}"""
${indent(body(facts).trim())}`;
