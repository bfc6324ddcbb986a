/** Spearman's correlation of pairs of numbers; 0 where one side never changes. */
export function rankCorrelation(pairs: readonly (readonly [number, number])[]): number {
  const [one, other] = [ranks(pairs.map(([x]) => x)), ranks(pairs.map(([, y]) => y))];
  const middle = (pairs.length - 1) / 2;
  let [both, first, second] = [0, 0, 0];
  for (const [at, rank] of one.entries()) {
    const [a, b] = [rank - middle, (other[at] ?? middle) - middle];
    both += a * b;
    first += a * a;
    second += b * b;
  }
  return first * second === 0 ? 0 : both / Math.sqrt(first * second);
}

/** The place of each value among all; equal ones share theirs. */
function ranks(values: readonly number[]): Float64Array {
  const order = values.map((_, at) => at).toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const found = new Float64Array(values.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    const value = values[order[from] ?? 0];
    while (to < order.length && values[order[to] ?? 0] === value) to += 1;
    for (const at of order.slice(from, to)) found[at] = (from + to - 1) / 2;
  }
  return found;
}
