/** How alike two predictions of the same rows are, column by column: 1 for equal ones, about 0 for unrelated ones. */
export interface Agreement {
  add(first: string, second: string): void;
  /** Null before the first pair that can be compared. */
  value(): number | null;
}

/** Lin's concordance correlation coefficient (Biometrics 45, 1989): unlike a correlation it falls with a shift too. */
export function concordance(): Agreement {
  const sums = { n: 0, x: 0, y: 0, xx: 0, yy: 0, xy: 0 };
  /** Subtracted from both, so that large numbers keep their differences. */
  let origin = 0;
  return {
    add(first, second) {
      if (!Number.isFinite(Number(first)) || !Number.isFinite(Number(second))) return;
      if (sums.n === 0) origin = Number(first);
      const [x, y] = [Number(first) - origin, Number(second) - origin];
      sums.n += 1;
      sums.x += x;
      sums.y += y;
      sums.xx += x * x;
      sums.yy += y * y;
      sums.xy += x * y;
    },
    value() {
      const { n, x, y, xx, yy, xy } = sums;
      if (n === 0) return null;
      const scale = xx - (x * x) / n + (yy - (y * y) / n) + (x - y) ** 2 / n;
      return scale === 0 ? 1 : (2 * (xy - (x * y) / n)) / scale;
    },
  };
}

/** Cohen's kappa (1960): the share of equal labels beyond what their frequencies alone would give. */
export function kappa(): Agreement {
  let count = 0;
  let equal = 0;
  const shares = [new Map<string, number>(), new Map<string, number>()] as const;
  return {
    add(first, second) {
      count += 1;
      equal += first === second ? 1 : 0;
      for (const [index, label] of [first, second].entries())
        shares[index]?.set(label, (shares[index].get(label) ?? 0) + 1);
    },
    value() {
      if (count === 0) return null;
      let chance = 0;
      for (const [label, times] of shares[0])
        chance += (times / count) * ((shares[1].get(label) ?? 0) / count);
      return chance === 1 ? 1 : (equal / count - chance) / (1 - chance);
    },
  };
}

/** A submission that agrees less than this part of what two good solutions agree has drifted from its script. */
const LEAST_PART = 0.5;

/**
 * Whether a submission's predictions are beyond reason far from those of the script it was made from. The yardstick is how
 * far the other good solutions agree with that script: on a noisy task that is little.
 */
export const hasDrifted = (agreement: number, amongOthers: readonly number[]): boolean =>
  agreement < LEAST_PART * Math.max(0, Math.min(1, ...amongOthers));
