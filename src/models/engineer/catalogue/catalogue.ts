import { type Facts, isInstalled } from "../recipe/facts.ts";
import type { Part } from "../recipe/recipe.ts";
import { catboost, lightgbm, xgboost } from "./boosting.ts";
import type { CatalogueModel } from "./catalogue-model.ts";
import { kernelFeatures, supportVectors } from "./kernels.ts";
import { ownModel } from "./own-model.ts";
import {
  discriminant,
  extraTrees,
  linear,
  nearestNeighbours,
  neuralNetwork,
} from "./scikit-learn.ts";

/** Every model the built-in engineer knows by heart. */
export const CATALOGUE: readonly CatalogueModel[] = [
  lightgbm,
  catboost,
  xgboost,
  extraTrees,
  linear,
  discriminant,
  supportVectors,
  nearestNeighbours,
  neuralNetwork,
  kernelFeatures,
];

/** The model of that name or title; null when the catalogue has none. */
export function catalogueModel(name: string): CatalogueModel | null {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  const isMeant = (known: string) => plain(known) === plain(name);
  return CATALOGUE.find((model) => isMeant(model.name) || isMeant(model.title)) ?? null;
}

/** The model that an ingredient of the Model cell names: one of the catalogue, or a person's own. */
export const modelOf = (part: Part): CatalogueModel => catalogueModel(part.name) ?? ownModel(part);

/** Models for the task, best suited first, whose packages are there. */
export const suitableModels = (facts: Facts): CatalogueModel[] =>
  CATALOGUE.filter((model) => model.suits(facts) > 0 && isInstalled(facts, model.package)).toSorted(
    (a, b) => b.suits(facts) - a.suits(facts),
  );
