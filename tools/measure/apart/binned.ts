import type { Reading } from "../../../src/core/task.ts";
import { isMissing, numberIn } from "../../read-task/cells/cell.ts";
import { timeReader } from "../split/time-reader.ts";

/** Cells of rows as small whole numbers, 0 for missing ones. */
export interface Binned {
  column: string;
  bins: Uint8Array;
  /** Whether greater bins mean more; those of texts and categories are only different. */
  ordered: boolean;
}

export const BINS = 32;
const MOST_READ = 0.98;

/** What tells rows apart in a column: amounts and times in quantiles, a few values as they are, texts by a hash and by their lengths. */
export function binned(column: string, cells: readonly string[], reading?: Reading): Binned[] {
  const filled = cells.filter((cell) => !isMissing(cell));
  const distinct = new Set(filled);
  if (distinct.size < 2 && filled.length === cells.length) return [];
  const numbers = cells.map((cell) => numberIn(cell) ?? Number.NaN);
  const known = numbers.filter((number) => !Number.isNaN(number)).length;
  if (known >= MOST_READ * filled.length)
    return [{ column, ordered: true, bins: quantiles(numbers) }];
  const time = timeReader(
    [column],
    cells.map((cell) => [cell]),
    reading,
  );
  if (time !== null)
    return [{ column, ordered: true, bins: quantiles(cells.map((cell) => time.read([cell]))) }];
  const codes = new Map([...distinct].map((value, at) => [value, at]));
  const isFew = distinct.size < BINS;
  const codeOf = (cell: string) => (isFew ? (codes.get(cell) ?? 0) : hashed(cell) % (BINS - 1)) + 1;
  const bins = Uint8Array.from(cells, (cell) => (isMissing(cell) ? 0 : codeOf(cell)));
  const lengths = () =>
    quantiles(cells.map((cell) => (isMissing(cell) ? Number.NaN : cell.length)));
  return [
    { column, ordered: false, bins },
    ...(isFew ? [] : [{ column, ordered: true, bins: lengths() }]),
  ];
}

/** Which share of the values, in steps, lies below each. */
function quantiles(values: readonly number[]): Uint8Array {
  const sorted = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort();
  const edges = [
    ...new Set(
      Array.from(
        { length: BINS - 2 },
        (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / (BINS - 1))] ?? 0,
      ),
    ),
  ];
  return Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1 + below(edges, value)));
}

/** How many of the ascending edges are not above a value. */
function below(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((edges[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function hashed(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
