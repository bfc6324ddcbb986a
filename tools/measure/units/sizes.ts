const HOLDOUT = { share: 0.1, least: 1000, most: 20_000 };
const VALIDATION = { most: 200_000, share: 0.2 };
/** Up to so many cells of train a model is trained five times; it is dear beyond. */
const CHEAP_CELLS = 2_000_000;
const FOLDS = 5;

interface Sizes {
  /** Units of train whose truth is known. */
  usable: number;
  test: number;
  cells: number;
}

/** How many units are held out; where there is no test set, what is held out takes its place. */
export function holdoutSize({ usable, test }: Sizes, wanted: "auto" | "none" | number): number {
  const share = typeof wanted === "number" ? wanted : HOLDOUT.share;
  const most = typeof wanted === "number" ? usable : Math.max(HOLDOUT.most, test);
  const size = Math.min(most, Math.floor(share * usable));
  if (test === 0) return Math.max(1, size);
  return wanted === "none" || usable < HOLDOUT.least ? 0 : size;
}

/** How many folds a table of so many cells gets. */
export const foldsFor = (cells: number): number => (cells <= CHEAP_CELLS ? FOLDS : 1);

/** Five folds of all where training is cheap, one of a fifth where it is dear. */
export function validationSize({ usable, cells }: Sizes, holdout: number) {
  const left = usable - holdout;
  const folds = foldsFor(cells);
  const isCheap = folds > 1;
  return {
    folds,
    validation: Math.min(VALIDATION.most, isCheap ? usable : Math.floor(VALIDATION.share * left)),
  };
}
