import type { Facts } from "../recipe/facts.ts";
import type { Part } from "../recipe/recipe.ts";
import type { Draw } from "./draw.ts";

/** A model the built-in engineer knows by heart. */
export interface CatalogueModel {
  /** Name in recipes: `extra-trees`. */
  name: string;
  title: string;
  /** What it is and when it suits, for people. */
  description: string;
  /** The Python package it needs. */
  package: string;
  /** How well it suits the task: higher comes first, 0 is never proposed. */
  suits(facts: Facts): number;
  /** Option values fitted to the task's size; those not named are the code's own defaults. */
  sized(facts: Facts): Part["options"];
  /** Import lines for what the scripts do not know by themselves. */
  imports?: readonly string[];
  /** Python expression of the unfitted model; `seed` is a Python expression. */
  python(facts: Facts, options: Part["options"], seed: string): string;
  /** Options drawn at random, of about the usual cost, for when nothing better is left to try. */
  drawn?(facts: Facts, draw: Draw): Part["options"];
  /** Other options whose errors differ, best first. */
  variants?(facts: Facts): readonly Part["options"][];
}

/** An option as a number. */
export const numberOf = (options: Part["options"], name: string, fallback: number): number =>
  Number(options[name] ?? fallback);

/** Seconds one fit of one model may take, so that scripts of a few models in a few folds stay within their share. */
export function fitSeconds({ scriptSeconds, trainOnly, targets }: Facts): number {
  const learnt = targets.length * (trainOnly.length >= 2 ? trainOnly.length : 1);
  return (0.75 * (scriptSeconds / 120) ** 0.8) / Math.max(1, learnt);
}

/** Columns a model is likely to get, derived ones included. */
export const featureCount = ({ numbers, categories, dates, texts, place }: Facts): number =>
  Math.max(
    4,
    numbers.length * 1.3 +
      categories.length * 3 +
      dates.length * 8 +
      texts.length * 10 +
      (place ? 20 : 0),
  );

/** The number, kept between the two others. */
export const within = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, value));
