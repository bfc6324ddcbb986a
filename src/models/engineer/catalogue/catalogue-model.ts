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
  /** Whether it looks at each column by itself, and so is given those that tell most where there are very many. */
  looksAtEach?: boolean;
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

/** Columns that are made for the models, derived ones included. */
export const madeColumns = ({ numbers, categories, dates, texts, place, media }: Facts): number =>
  Math.max(
    4,
    numbers.length * 1.3 +
      categories.length * 3 +
      dates.length * 8 +
      texts.length * 10 +
      (place ? 20 : 0) +
      (media === null ? 0 : media.kind === "image" ? 550 : 200),
  );

/** Cells that models which look at each column by itself can take in, in a script of two minutes. */
const EASY_CELLS = 2.5e6;
const FEWEST_COLUMNS = 100;

/** How many columns such models are given, those that tell most; null where they are given all. */
export function tellingColumns(facts: Facts): number | null {
  const most = (EASY_CELLS * Math.max(1, facts.scriptSeconds / 120)) / Math.max(1, facts.rows);
  const count = Math.max(FEWEST_COLUMNS, Math.floor(most / 50) * 50);
  return madeColumns(facts) > 1.5 * count ? count : null;
}

/** Columns that a model which looks at each by itself is likely to get. */
export const featureCount = (facts: Facts): number => tellingColumns(facts) ?? madeColumns(facts);

/** Seconds that models of likeness between rows take for all folds: each row beside each other one, in all columns. */
export const likenessSeconds = (facts: Facts): number =>
  4e-10 *
  facts.rows ** 2 *
  madeColumns(facts) *
  (facts.folds + 1) *
  (facts.kind === "regression" ? 1 : 4);

/** Whether many columns tell a little each, so that borders are smooth: pixels, spectra, what files are measured by. */
export const isSmooth = ({ homogeneous, media }: Facts): boolean => homogeneous || media !== null;

/** The number, kept between the two others. */
export const within = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, value));
