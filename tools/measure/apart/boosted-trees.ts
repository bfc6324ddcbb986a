import { BINS, type Binned } from "./binned.ts";

const ROUNDS = 30;
const RATE = 0.3;
const PENALTY = 5;
const LEAST_ROWS = 20;

/** Rows that a tree parts: those whose bin is among some go left. */
interface Parting {
  feature: Binned;
  left: Uint8Array;
}

/** Learns on some rows by small boosted trees which of them are of test, and says of all how much they look like it. */
export function likeTest(
  features: readonly Binned[],
  isTest: Uint8Array,
  learnt: Uint32Array,
): Float64Array {
  const scores = new Float64Array(isTest.length);
  const slopes = new Float64Array(isTest.length);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const row of learnt) slopes[row] = (isTest[row] ?? 0) - chance(scores[row] ?? 0);
    const all = Uint32Array.from(isTest.keys());
    const first = bestParting(features, slopes, scores, learnt);
    if (first === null) return scores;
    for (const side of [true, false]) {
      const here = all.filter((row) => goesLeft(first, row) === side);
      const own = learnt.filter((row) => goesLeft(first, row) === side);
      const second = bestParting(features, slopes, scores, own);
      for (const low of second === null ? [true] : [true, false]) {
        const isIn = (row: number) => second === null || goesLeft(second, row) === low;
        const step = RATE * leaf(own.filter(isIn), slopes, scores);
        for (const row of here) if (isIn(row)) scores[row] = (scores[row] ?? 0) + step;
      }
    }
  }
  return scores;
}

/** The same by a single feature: how often rows of a bin are of test. */
export function likeTestBy(
  { bins }: Binned,
  isTest: Uint8Array,
  learnt: Uint32Array,
): Float64Array {
  const [tests, counts] = [new Float64Array(BINS).fill(1), new Float64Array(BINS).fill(2)];
  for (const row of learnt) {
    const bin = bins[row] ?? 0;
    tests[bin] = (tests[bin] ?? 0) + (isTest[row] ?? 0);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return Float64Array.from(bins, (bin) => (tests[bin] ?? 0) / (counts[bin] ?? 1));
}

const chance = (score: number): number => 1 / (1 + Math.exp(-score));

const goesLeft = ({ feature, left }: Parting, row: number): boolean =>
  left[feature.bins[row] ?? 0] === 1;

/** Newton's step for the rows of a leaf. */
function leaf(rows: Uint32Array, slopes: Float64Array, scores: Float64Array): number {
  let [slope, bend] = [0, PENALTY];
  for (const row of rows) {
    const p = chance(scores[row] ?? 0);
    slope += slopes[row] ?? 0;
    bend += p * (1 - p);
  }
  return slope / bend;
}

/** The parting of these rows that gains most; null where none is worth one. */
function bestParting(
  features: readonly Binned[],
  slopes: Float64Array,
  scores: Float64Array,
  rows: Uint32Array,
): Parting | null {
  const bends = Float64Array.from(rows, (row) => {
    const p = chance(scores[row] ?? 0);
    return p * (1 - p);
  });
  let best: { parting: Parting; gain: number } | null = null;
  for (const feature of features) {
    const [slope, bend] = [new Float64Array(BINS), new Float64Array(BINS)];
    const counts = new Uint32Array(BINS);
    for (const [at, row] of rows.entries()) {
      const bin = feature.bins[row] ?? 0;
      slope[bin] = (slope[bin] ?? 0) + (slopes[row] ?? 0);
      bend[bin] = (bend[bin] ?? 0) + (bends[at] ?? 0);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    const pull = (bin: number) => (slope[bin] ?? 0) / ((bend[bin] ?? 0) + PENALTY);
    const order = Uint8Array.from({ length: BINS }, (_, bin) => bin);
    if (!feature.ordered) order.sort((a, b) => pull(a) - pull(b));
    const [allSlope, allBend] = [slope.reduce(sum), bend.reduce(sum)];
    const worth = (g: number, h: number) => g ** 2 / (h + PENALTY);
    const whole = worth(allSlope, allBend);
    let [g, h, count] = [0, 0, 0];
    for (let end = 0; end < BINS - 1; end += 1) {
      const bin = order[end] ?? 0;
      g += slope[bin] ?? 0;
      h += bend[bin] ?? 0;
      count += counts[bin] ?? 0;
      if (count < LEAST_ROWS || rows.length - count < LEAST_ROWS) continue;
      const gain = worth(g, h) + worth(allSlope - g, allBend - h) - whole;
      if (gain <= (best?.gain ?? 0)) continue;
      const left = new Uint8Array(BINS);
      for (const one of order.subarray(0, end + 1)) left[one] = 1;
      best = { parting: { feature, left }, gain };
    }
  }
  return best?.parting ?? null;
}

const sum = (total: number, one: number): number => total + one;
