import type { Alarm } from "../../../src/core/measurement.ts";

/** How far an attempt's validation score flatters it: positive where the hold-out is worse. */
export interface Gap {
  gap: number;
  /** Standard error of the difference of both scores. */
  error: number;
  /** On validation. */
  score: number;
}

const FEWEST_SIBLINGS = 3;
/** All attempts share validation and hold-out, and so most of the error. */
const ERRORS = 3;
const ERRORS_ALONE = 5;
const SPREADS = 4;
/** Averages over folds, early stopping and the like move a gap by less than this part of the score. */
const LEAST_PART = 0.01;
const MAD_TO_DEVIATION = 1.4826;

/** Rings when the gap is out of line with those of the other attempts, and withdraws where it matters. */
export function gapAlarm(own: Gap, siblings: readonly Gap[]): Alarm | null {
  const gaps = siblings.map(({ gap }) => gap);
  const alone = gaps.length < FEWEST_SIBLINGS;
  const usual = alone ? 0 : median(gaps);
  const spread = alone ? 0 : MAD_TO_DEVIATION * median(gaps.map((gap) => Math.abs(gap - usual)));
  const excess = own.gap - usual;
  if (!(excess > (alone ? ERRORS_ALONE : ERRORS) * own.error && excess > SPREADS * spread))
    return null;
  return {
    kind: "gap",
    sentence: `Its validation score flatters it: on rows that it never saw it does worse, ${alone ? "by far more than chance allows" : "out of line with the other attempts"}.`,
    withdraws: excess > LEAST_PART * Math.abs(own.score),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half)] ?? 0)) / 2;
}
