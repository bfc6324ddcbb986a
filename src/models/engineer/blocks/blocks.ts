import type { Block, Idea } from "../recipe/block.ts";
import type { Facts } from "../recipe/facts.ts";
import { type Part, printParts } from "../recipe/recipe.ts";
import { categories } from "./categories.ts";
import { dates } from "./dates.ts";
import { geography } from "./geography.ts";
import { model } from "./model.ts";
import { numbers } from "./numbers.ts";
import { otherTables } from "./other-tables.ts";
import { past } from "./past.ts";
import { pictures } from "./pictures.ts";
import { records } from "./records.ts";
import { sounds } from "./sounds.ts";
import { targetTransform } from "./target-transform.ts";
import { texts } from "./texts.ts";
import { trend } from "./trend.ts";

/** Blocks that add columns, in the order in which scripts have them. */
export const FEATURE_BLOCKS: readonly Block[] = [
  dates,
  records,
  past,
  sounds,
  pictures,
  texts,
  categories,
  numbers,
  geography,
  otherTables,
];

/** Blocks that can be refined, in the order in which scripts have them. */
export const BLOCKS: readonly Block[] = [targetTransform, trend, ...FEATURE_BLOCKS, model];

/** The block of that name; null when there is none. */
export const blockNamed = (name: string): Block | null =>
  BLOCKS.find((block) => block.name === name) ?? null;

/** What may be tried for a block instead of its present ingredients. */
export const ideasFor = (facts: Facts, name: string, current: readonly Part[]): Idea[] =>
  (blockNamed(name)?.ideas(facts, current) ?? []).filter(
    ({ parts }) => printParts(parts) !== printParts(current),
  );
