import {
  type Assignment,
  Parts,
  PICKS,
  REPORTED,
  TRAIN,
  type UnitsToAssign,
} from "./assignment.ts";
import { sizes } from "./by-unit.ts";
import type { Atoms } from "./numbered.ts";
import { shuffled } from "./seeded.ts";

/** Groups or stretches, each whole in one part; no hold-out of fewer than `least` of them. */
export function byAtom(options: UnitsToAssign, atoms: Atoms, least: number): Assignment {
  const size = sizes(atoms.of);
  const fixed = onlyOfAClass(atoms, options.labels);
  const order = shuffled(atoms.count, options.seed).filter(
    (atom) => (size[atom] ?? 0) > 0 && !fixed.has(atom),
  );
  const part = new Int8Array(atoms.count).fill(TRAIN);

  let end = 0;
  for (let held = 0; end < order.length && held < options.holdout; end += 1)
    held += size[order[end] ?? 0] ?? 0;
  const groups = order.subarray(0, end).filter((atom) => atom < atoms.groups).length;
  const holdout = groups >= least && end <= order.length / 2;
  if (!holdout) end = 0;
  deal(order.subarray(0, end), size, [PICKS, REPORTED], part, Infinity);

  const folds = Math.min(options.folds, order.length - end);
  const numbers = Array.from({ length: folds > 1 ? folds : 0 }, (_, fold) => fold);
  const used = deal(order.subarray(end), size, numbers, part, options.validation);
  const final = part.slice();
  for (const atom of order.subarray(0, end)) final[atom] = TRAIN;
  deal(order.subarray(0, end), size, numbers, final, options.validation - used);
  const parts = new Parts(atoms.of.length);
  for (const [unit, atom] of atoms.of.entries()) parts.set(unit, part[atom] ?? TRAIN);
  return {
    parts,
    final: (unit) => final[atoms.of[unit] ?? 0] ?? TRAIN,
    folds: numbers.length,
    holdout,
  };
}

/** Atoms into these parts, the largest first and each where there is least, up to so many units; how many it were. */
function deal(
  atoms: Uint32Array,
  size: Uint32Array,
  into: readonly number[],
  part: Int8Array,
  most: number,
): number {
  if (into.length === 0) return 0;
  let used = 0;
  let end = 0;
  for (; end < atoms.length; end += 1) {
    const next = used + (size[atoms[end] ?? 0] ?? 0);
    if (next > most) break;
    used = next;
  }
  // One number holds size and place, so that millions sort without a comparator.
  const keyed = new Float64Array(end)
    .map((_, at) => at - (size[atoms[at] ?? 0] ?? 0) * 2 ** 24)
    .sort();
  const load = into.map(() => 0);
  for (const key of keyed) {
    const atom = atoms[((key % 2 ** 24) + 2 ** 24) % 2 ** 24] ?? 0;
    const lightest = load.indexOf(Math.min(...load));
    part[atom] = into[lightest] ?? TRAIN;
    load[lightest] = (load[lightest] ?? 0) + (size[atom] ?? 0);
  }
  return used;
}

/** Atoms that hold all there is of some class; none where most do, as where groups are the classes. */
function onlyOfAClass(atoms: Atoms, labels: Uint32Array | null): Set<number> {
  // By class: one more than the only atom it was met in, or Infinity.
  const only: number[] = [];
  for (let unit = 0; labels !== null && unit < labels.length; unit += 1) {
    const label = labels[unit] ?? 0;
    const atom = (atoms.of[unit] ?? 0) + 1;
    if (only[label] !== atom) only[label] = only[label] === undefined ? atom : Infinity;
  }
  const found = new Set(only.filter(Number.isFinite).map((atom) => atom - 1));
  return found.size > atoms.count / 4 ? new Set() : found;
}
