/** How many lines were predicted within each cell of true and predicted values: rows from the least predicted, columns from the least true. */
export interface Residuals {
  range: [number, number];
  cells: number[][];
  /** By the size of what is true, the small first. */
  bySize: { from: number; to: number; count: number; bias: number; typical: number }[];
}

const CELLS = 24;
const SIZES = 5;
/** Of the values on each side that the chart draws at its edge. */
const OUTLYING = 0.005;

/** Predicted against true numbers; null with too few, or all alike. */
export function residualsOf(truth: readonly number[], predicted: readonly number[]) {
  const pairs = truth
    .map((value, index) => [value, predicted[index] ?? Number.NaN] as const)
    .filter(([value, other]) => Number.isFinite(value) && Number.isFinite(other))
    .toSorted(([a], [b]) => a - b);
  const all = Float64Array.from(pairs.flat()).sort();
  const low = all[Math.floor(OUTLYING * all.length)] ?? 0;
  const high = all[Math.ceil((1 - OUTLYING) * all.length) - 1] ?? 0;
  if (pairs.length < 2 * SIZES || low >= high) return null;
  const cellOf = (value: number) =>
    Math.max(0, Math.min(CELLS - 1, Math.floor((CELLS * (value - low)) / (high - low))));
  const cells = Array.from({ length: CELLS }, () => Array.from({ length: CELLS }, () => 0));
  for (const [value, other] of pairs) {
    const row = cells[cellOf(other)];
    if (row !== undefined) row[cellOf(value)] = (row[cellOf(value)] ?? 0) + 1;
  }
  const bySize = partsOf(pairs, SIZES).map((part) => {
    const errors = part.map(([value, other]) => other - value);
    const sizes = errors.map(Math.abs).toSorted((a, b) => a - b);
    return {
      ...{ from: part[0]?.[0] ?? 0, to: part.at(-1)?.[0] ?? 0, count: part.length },
      bias: meanOf(errors),
      typical: sizes[Math.floor(sizes.length / 2)] ?? 0,
    };
  });
  return { range: [low, high], cells, bySize } satisfies Residuals;
}

/** Which class was taken for which, the frequent ones first; rare ones stand together. */
export interface Confusion {
  classes: string[];
  /** By true and predicted class. */
  counts: number[][];
  /** The most frequent mistakes, out of all of that true class. */
  mistakes: { truth: string; predicted: string; count: number; of: number }[];
}

const MOST_CLASSES = 12;
const MOST_MISTAKES = 8;
const OTHERS = "others";

export function confusionOf(truth: readonly string[], predicted: readonly string[]): Confusion {
  const frequent = countedBy(truth).toSorted(([, a], [, b]) => b - a);
  const shown = frequent.slice(0, MOST_CLASSES).map(([name]) => name);
  const known = new Set(shown);
  const isWhole = [...truth, ...predicted].every((name) => known.has(name));
  const classes = [...shown.toSorted(byName), ...(isWhole ? [] : [OTHERS])];
  const places = new Map(classes.map((name, index) => [name, index]));
  const placeOf = (name: string | undefined) => places.get(name ?? "") ?? classes.length - 1;
  const counts = classes.map(() => classes.map(() => 0));
  for (const [index, name] of truth.entries()) {
    const row = counts[placeOf(name)];
    const column = placeOf(predicted[index]);
    if (row !== undefined) row[column] = (row[column] ?? 0) + 1;
  }
  const total = new Map(frequent);
  const wrong = truth.flatMap((name, index) =>
    name === predicted[index] ? [] : [JSON.stringify([name, predicted[index]])],
  );
  const mistakes = countedBy(wrong)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MOST_MISTAKES)
    .map(([pair, count]) => {
      const [name = "", other = ""]: string[] = JSON.parse(pair);
      return { truth: name, predicted: other, count, of: total.get(name) ?? 0 };
    });
  return { classes, counts, mistakes };
}

/** What came true of what was predicted with about this probability. */
export interface Calibration {
  predicted: number;
  share: number;
  count: number;
}

const BINS = 10;

/** In bins of as many lines each, from the least probable. */
export function calibrationOf(
  truth: readonly number[],
  predicted: readonly number[],
): Calibration[] {
  const pairs = truth
    .map((value, index) => [value, predicted[index] ?? Number.NaN] as const)
    .filter(([value, other]) => Number.isFinite(value) && Number.isFinite(other))
    .toSorted(([, a], [, b]) => a - b);
  return partsOf(pairs, BINS).map((part) => ({
    predicted: meanOf(part.map(([, probability]) => probability)),
    share: meanOf(part.map(([value]) => value)),
    count: part.length,
  }));
}

function countedBy(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts];
}

const byName = (a: string, b: string) => a.localeCompare(b, "en", { numeric: true });

/** As many parts of about the same length, none empty. */
const partsOf = <Item>(items: readonly Item[], count: number): Item[][] =>
  Array.from({ length: count }, (_, index) =>
    items.slice(
      Math.floor((index * items.length) / count),
      Math.floor(((index + 1) * items.length) / count),
    ),
  ).filter((part) => part.length > 0);

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
