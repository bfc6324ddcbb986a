import {
  type Assignment,
  Parts,
  PICKS,
  REPORTED,
  TRAIN,
  type UnitsToAssign,
} from "./assignment.ts";
import { someOf } from "./seeded.ts";

/** Each unit for itself; with labels, each class in its share. */
export function byUnit(options: UnitsToAssign): Assignment {
  const { count, folds, labels, kind } = options;
  const parts = new Parts(count, options.holdout + options.validation);
  // Of millions of units a few times as many as are needed are looked at.
  const random = someOf(count, 4 * (options.holdout + options.validation), options.seed);
  const order = labels && kind === "stratified" ? byClass(random, labels) : random;
  const left = labels ? sizes(labels) : null;
  const leave = (unit: number, least: number) =>
    !left || !labels || (left[labels[unit] ?? 0] ?? 0) >= least;

  let half = 0;
  for (const unit of spread(order, options.holdout)) {
    if (!leave(unit, 3)) continue;
    parts.set(unit, half++ % 2 === 0 ? PICKS : REPORTED);
    if (left && labels) left[labels[unit] ?? 0] = (left[labels[unit] ?? 0] ?? 0) - 1;
  }
  let fold = 0;
  const rest = order.filter((unit) => parts.of(unit) === TRAIN && leave(unit, 2));
  for (const unit of spread(rest, options.validation)) parts.set(unit, fold++ % folds);

  let room = options.validation - fold;
  // Few are held out of millions: they alone have another part at the end.
  const finals = new Map<number, number>();
  for (const unit of order)
    if (parts.of(unit) < TRAIN) finals.set(unit, room-- > 0 ? fold++ % folds : TRAIN);
  const final = (unit: number) => finals.get(unit) ?? parts.of(unit);
  return { parts, final, folds: rest.length > 0 ? folds : 0, holdout: half > 0 };
}

/** So many of them, at even steps. */
function* spread(order: Uint32Array, wanted: number): Generator<number> {
  const most = Math.min(wanted, order.length);
  for (let nth = 0; nth < most; nth += 1)
    yield order[Math.floor(((nth + 0.5) * order.length) / most)] ?? 0;
}

export function sizes(of: Uint32Array): Uint32Array {
  const found = new Uint32Array(of.reduce((most, value) => Math.max(most, value), 0) + 1);
  for (const value of of) found[value] = (found[value] ?? 0) + 1;
  return found;
}

/** Class after class, each in the given order. */
function byClass(order: Uint32Array, labels: Uint32Array): Uint32Array {
  const next = sizes(labels);
  let start = 0;
  for (const [label, size] of next.entries()) {
    next[label] = start;
    start += size;
  }
  const sorted = new Uint32Array(order.length);
  for (const unit of order) {
    const label = labels[unit] ?? 0;
    const place = next[label] ?? 0;
    sorted[place] = unit;
    next[label] = place + 1;
  }
  return sorted;
}
