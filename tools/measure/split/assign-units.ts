import type { SplitKind } from "../../../src/core/ground.ts";
import { shuffled } from "./seeded.ts";

export const TRAIN = -1;
/** The half of the hold-out that picks, and the one that is reported. */
export const PICKS = -2;
export const REPORTED = -3;

export interface UnitsToAssign {
  count: number;
  kind: SplitKind;
  /** Group or time of each train unit, as `keyOf` of the inferred split gives it; null for random and stratified. */
  keys: Float64Array | null;
  /** Class of each unit; null where there are none. */
  labels: Uint32Array | null;
  /** What `keyOf` gives for the test units; of use to time and stretches. */
  testKeys?: Float64Array;
  folds: number;
  /** Units to hold back; 0 for none. */
  holdout: number;
  /** Units for validation, at most. */
  validation: number;
  seed: number;
}

export interface Assignment {
  /** Each unit's part in the search: PICKS, REPORTED, TRAIN, or a fold from 0. */
  parts: Int8Array;
  /** And in the final run, where nothing is held out: TRAIN or a fold. */
  final: Int8Array;
  /** How many folds there are: by time a single one, and never more than groups. */
  folds: number;
}

/** Each unit's part, from the seed alone. By time there is one fold: the latest stretch. */
export function assignUnits(options: UnitsToAssign): Assignment {
  const parts = new Int8Array(options.count).fill(TRAIN);
  const final = new Int8Array(options.count).fill(TRAIN);
  const order = shuffled(options.count, options.seed);
  for (const [place, unit] of order.entries()) {
    const fold = place % options.folds;
    if (place < options.holdout) parts[unit] = place % 2 === 0 ? PICKS : REPORTED;
    else if (place < options.holdout + options.validation) parts[unit] = fold;
    if (place < options.validation) final[unit] = fold;
  }
  return { parts, final, folds: options.folds };
}
