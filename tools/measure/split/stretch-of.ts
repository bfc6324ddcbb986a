import { type Atoms, lowerBound, numbered } from "./numbered.ts";

/**
 * Train's units in stretches: what lies between two of test, cut so that a stretch is as far from its neighbours, on the
 * average, as a time in test's gaps is from train. Those at the ends of a piece have a neighbour on one side only.
 */
export function stretchOf(keys: Float64Array, testKeys: Float64Array): Atoms {
  const times = keys.filter((key) => !Number.isNaN(key)).sort();
  const asked = testKeys.filter((key) => !Number.isNaN(key)).sort();
  // Where the pieces of train begin: at the first of its times after a time of test.
  const starts = new Set([0]);
  const gaps: number[] = [];
  for (const time of asked) {
    const start = lowerBound(times, time);
    if (start > 0 && start < times.length && !starts.has(start)) {
      starts.add(start);
      gaps.push((times[start] ?? 0) - (times[start - 1] ?? 0));
    }
  }
  const range = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const gap = gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? range / 20;
  const ordered = [...starts].sort((a, b) => a - b);
  const edges = ordered.flatMap((start, nth) => {
    const from = times[start] ?? 0;
    const to = times[(ordered[nth + 1] ?? times.length) - 1] ?? from;
    const pieces = (to - from) / gap;
    const cuts = Math.max(2, Math.round((pieces + Math.sqrt(pieces ** 2 + 8 * pieces)) / 2));
    return Array.from({ length: cuts }, (_, cut) => from + ((to - from) * cut) / cuts);
  });
  const borders = Float64Array.from(edges);
  const stretch = (key: number) => {
    const at = lowerBound(borders, key);
    return borders[at] === key ? at + 1 : at;
  };
  return numbered(keys.map((key) => (Number.isNaN(key) ? NaN : stretch(key))));
}
