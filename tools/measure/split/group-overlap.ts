/** How the groups of test relate to those of train, and what assigning all rows at random would give. */
export interface GroupOverlap {
  /** Groups in train and in test. */
  train: number;
  test: number;
  /** Share of test's rows whose group also occurs in train. */
  shared: number;
  /** The same share, expected of random assignment. */
  expected: number;
}

export function groupOverlap(train: readonly string[], test: readonly string[]): GroupOverlap {
  const inTrain = counted(train);
  const inTest = counted(test);
  const rows = train.length + test.length;
  let shared = 0;
  let expected = 0;
  for (const [group, count] of inTest) if (inTrain.has(group)) shared += count;
  for (const group of new Set([...inTrain.keys(), ...inTest.keys()])) {
    const size = (inTrain.get(group) ?? 0) + (inTest.get(group) ?? 0);
    expected += (size / rows) * (1 - noneOf(train.length, rows - 1, size - 1));
  }
  return { train: inTrain.size, test: inTest.size, shared: shared / test.length, expected };
}

/** The chance that none of so many rows, drawn without replacement, is among the marked ones. */
function noneOf(marked: number, rows: number, drawn: number): number {
  let chance = 1;
  for (let nth = 0; nth < drawn && chance > 1e-9; nth += 1)
    chance *= Math.max(0, rows - marked - nth) / (rows - nth);
  return chance;
}

function counted(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
