import {
  type Assignment,
  Parts,
  PICKS,
  REPORTED,
  TRAIN,
  type UnitsToAssign,
} from "./assignment.ts";
import { lowerBound } from "./numbered.ts";

/** No part takes more of the units that are left; where test is a single day, no less than half of what is wished. */
const MOST = 0.3;
const BLOCKS = 20;

/**
 * The latest held out, the latest before them validated on, each as long as test's range where that leaves enough, whole times
 * only. Where test begins after a gap, they are longer by twice the gap: as far from train, on the average, as test is.
 */
export function byTime(options: UnitsToAssign, keys: Float64Array): Assignment {
  const { count } = options;
  const times = keys.filter((key) => !Number.isNaN(key)).sort();
  const asked = (options.testKeys ?? new Float64Array()).filter((key) => !Number.isNaN(key)).sort();
  const last = times.at(-1) ?? 0;
  const range = (asked.at(-1) ?? last) - (asked[0] ?? last);
  const gap = Math.max(0, (asked[0] ?? last) - last);
  /** The first place of the latest part of `times` before `end`. */
  const cut = (end: number, wished: number, most: number) => {
    const latest = times[end - 1] ?? last;
    const long = end - lowerBound(times, latest - range - 2 * gap);
    const size = Math.min(Math.max(long, wished / 2), end * MOST, most);
    const from = lowerBound(times, times[Math.ceil(end - size)] ?? Infinity);
    return from < end / 2 ? end : from;
  };
  const wished = Math.min(options.validation, times.length * 0.1);
  const heldFrom =
    options.holdout > 0 ? cut(times.length, options.holdout, Infinity) : times.length;
  const validatedFrom = cut(heldFrom, wished, options.validation);
  if (validatedFrom === heldFrom && heldFrom < times.length)
    return byTime({ ...options, holdout: 0 }, keys);
  const finalFrom = cut(times.length, wished, options.validation);

  const parts = new Parts(count);
  const final = new Int8Array(count).fill(TRAIN);
  const firstOf = (place: number) => times[place] ?? Infinity;
  for (let unit = 0; unit < count; unit += 1) {
    const time = keys[unit] ?? NaN;
    if (time >= firstOf(finalFrom)) final[unit] = 0;
    if (time >= firstOf(heldFrom)) {
      const place = lowerBound(times, time) - heldFrom;
      parts.set(unit, halfAt(place / (times.length - heldFrom)));
    } else if (time >= firstOf(validatedFrom)) parts.set(unit, 0);
  }
  return {
    parts,
    final: (unit) => final[unit] ?? TRAIN,
    folds: validatedFrom < heldFrom ? 1 : 0,
    holdout: heldFrom < times.length,
  };
}

/** Halves of the hold-out in turns of blocks, so that neither is farther from train. */
const halfAt = (share: number) =>
  [1, 2].includes(Math.floor(share * BLOCKS) % 4) ? REPORTED : PICKS;
