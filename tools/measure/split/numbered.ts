import { shuffled } from "./seeded.ts";

/** Units in groups that stay whole, numbered from 0. */
export interface Atoms {
  of: Uint32Array;
  count: number;
  /** Those below are groups, those above single units. */
  groups: number;
}

/** Groups in the order of their keys. */
export function numbered(keys: Float64Array): Atoms {
  const sorted = keys.slice().sort();
  let count = 0;
  for (let at = 0; at < sorted.length; at += 1) {
    const key = sorted[at] ?? NaN;
    if (count === 0 || !Object.is(key, sorted[count - 1])) sorted[count++] = key;
  }
  const distinct = sorted.subarray(0, count);
  const of = new Uint32Array(keys.length);
  for (let unit = 0; unit < of.length; unit += 1)
    of[unit] = lowerBound(distinct, keys[unit] ?? NaN);
  return { of, count, groups: count };
}

/** The units of such a share of the groups, drawn at random, each for itself: for a test set that knows some of train's groups. */
export function loosened(atoms: Atoms, share: number, seed: number): Atoms {
  if (share === 0) return atoms;
  const loose = new Set(shuffled(atoms.count, seed).subarray(0, Math.round(share * atoms.count)));
  let count = atoms.count;
  return { ...atoms, of: atoms.of.map((atom) => (loose.has(atom) ? count++ : atom)), count };
}

/** The share of these keys that are also among those. */
export function sharedKeys(these: Float64Array, those: Float64Array): number {
  const known = those.slice().sort();
  return these.filter((key) => known[lowerBound(known, key)] === key).length / these.length;
}

/** How many of these ascending values are below the given one; NaN stands last. */
export function lowerBound(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = Number.isNaN(value) ? 0 : ascending.length;
  if (Number.isNaN(value)) return ascending.length - (Number.isNaN(ascending.at(-1)) ? 1 : 0);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? NaN) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
