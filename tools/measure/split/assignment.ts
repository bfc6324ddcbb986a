import type { SplitKind } from "../../../src/core/ground.ts";

/** Parts that are no fold; the first half of the hold-out picks, the second is reported. */
export const TRAIN = -1;
export const PICKS = -2;
export const REPORTED = -3;

export interface UnitsToAssign {
  count: number;
  kind: SplitKind;
  /** Group or time of each train unit, as the split's `keyOf` gives it; null for random and stratified. */
  keys: Float64Array | null;
  /** Class of each unit, where there are classes. */
  labels: Uint32Array | null;
  /** Times of the test units, where they have such. */
  testKeys: Float64Array | null;
  folds: number;
  /** Units to hold back; by time and in stretches it is a wish. 0 for none. */
  holdout: number;
  /** Units for validation, at most. */
  validation: number;
  seed: number;
}

/** A part for each unit, TRAIN until it is set; where few of millions are set, those alone are held. */
export class Parts {
  readonly count: number;
  readonly #all: Int8Array | null;
  readonly #few = new Map<number, number>();

  /** `most` is how many will be set. */
  constructor(count: number, most = count) {
    this.count = count;
    this.#all = most < count / 32 ? null : new Int8Array(count).fill(TRAIN);
  }

  of(unit: number): number {
    return (this.#all === null ? this.#few.get(unit) : this.#all[unit]) ?? TRAIN;
  }

  set(unit: number, part: number): void {
    if (this.#all === null) this.#few.set(unit, part);
    else this.#all[unit] = part;
  }
}

export interface Assignment {
  /** Each unit's part in the search: PICKS, REPORTED, TRAIN, or a fold from 0. */
  parts: Parts;
  /** And in the final run, where nothing is held out: TRAIN or a fold. */
  final: (unit: number) => number;
  /** How many folds there are: by time a single one, and never more than groups. 0 where none can be made. */
  folds: number;
  /** Whether there is a hold-out: 20 groups or 4 stretches are needed for one. */
  holdout: boolean;
}
