/** How test's times relate to train's. */
export interface TimeRelation {
  /** Share of test's units that are later than all of train. */
  later: number;
  /** Runs of train's or of test's units in the order of time, and what random assignment would give. */
  runs: number;
  expectedRuns: number;
  /** Share of test's units at a time that is also train's. */
  mixed: number;
  /** Test's stretches, where there are several. */
  stretches: number;
}

/** Unreadable times (NaN) are left out. */
export function timeRelation(train: Float64Array, test: Float64Array): TimeRelation {
  const [before, after] = [sorted(train), sorted(test)];
  const end = before.at(-1) ?? NaN;
  const share = (of: (time: number) => boolean) => after.filter(of).length / after.length;
  const known = new Set(before);
  const pure = new Set(after.filter((time) => !known.has(time)));
  const times = new Float64Array([...known, ...pure]).sort();
  let runs = 0;
  let stretches = 0;
  let last: boolean | null = null;
  for (const time of times) {
    const isTest = pure.has(time);
    if (isTest !== last) {
      runs += 1;
      if (isTest) stretches += 1;
    }
    last = isTest;
  }
  return {
    later: share((time) => time > end),
    runs,
    expectedRuns: 1 + (2 * known.size * pure.size) / times.length,
    mixed: share((time) => known.has(time)),
    stretches,
  };
}

const sorted = (times: Float64Array) => times.filter((time) => !Number.isNaN(time)).sort();
