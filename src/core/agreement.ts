/** How alike two predictions of the same rows are, column by column: 1 for equal ones, about 0 for unrelated ones. */
export interface Agreement {
  add(first: string, second: string): void;
  /** Null before the first pair that can be compared. */
  value(): number | null;
}

/** Lin's concordance correlation coefficient (Biometrics 45, 1989): unlike a correlation it falls with a shift too. */
export function concordance(): Agreement {
  let count = 0;
  const mean = [0, 0];
  let squares = [0, 0];
  let products = 0;
  return {
    add(first, second) {
      const pair = [Number(first), Number(second)];
      if (!pair.every(Number.isFinite)) return;
      const [x = 0, y = 0] = pair;
      const [meanX = 0, meanY = 0] = mean;
      count += 1;
      const [dx, dy] = [x - meanX, y - meanY];
      mean[0] = meanX + dx / count;
      mean[1] = meanY + dy / count;
      const [restX, restY] = [x - mean[0], y - mean[1]];
      squares = [(squares[0] ?? 0) + dx * restX, (squares[1] ?? 0) + dy * restY];
      products += dx * restY;
    },
    value() {
      if (count === 0) return null;
      const [meanX = 0, meanY = 0] = mean;
      const scale = (squares[0] ?? 0) + (squares[1] ?? 0) + count * (meanX - meanY) ** 2;
      return scale === 0 ? 1 : (2 * products) / scale;
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
