/** Units in groups that stay whole, numbered from 0 in the order of their keys. */
export interface Atoms {
  of: Uint32Array;
  count: number;
}

export function numbered(keys: Float64Array): Atoms {
  const sorted = keys.slice().sort();
  let count = 0;
  for (let at = 0; at < sorted.length; at += 1) {
    const key = sorted[at] ?? NaN;
    if (count === 0 || !Object.is(key, sorted[count - 1])) sorted[count++] = key;
  }
  const distinct = sorted.subarray(0, count);
  return { of: Uint32Array.from(keys, (key) => lowerBound(distinct, key)), count };
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
