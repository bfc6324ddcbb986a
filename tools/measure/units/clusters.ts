import type { SplitKind } from "../../../src/core/ground.ts";
import type { Parts } from "../split/assignment.ts";
import { numbered } from "../split/numbered.ts";

/** The time of train is taken apart into so many blocks: the latest of them, which are asked about, still are a few. */
const BLOCKS = 200;

/**
 * Which units are alike beyond chance, as numbers per unit: those of a group, or of one stretch of time. How sure a score is
 * hangs on how many of these there are. Null where each unit stands alone.
 */
export function clustersOf(
  kind: SplitKind,
  keys: Float64Array | null,
  parts: Parts,
): ArrayLike<number> | null {
  if (keys === null || kind === "random" || kind === "stratified") return null;
  if (kind === "group") return numbered(keys).of;
  const timeOf = (unit: number) => (Number.isNaN(keys[unit]) ? Infinity : (keys[unit] ?? 0));
  const order = new Uint32Array(parts.count)
    .map((_, unit) => unit)
    .sort((a, b) => timeOf(a) - timeOf(b));
  const clusters = new Uint32Array(parts.count);
  const longest = kind === "time" ? Math.ceil(parts.count / BLOCKS) : Infinity;
  let cluster = 0;
  let length = 0;
  for (const [place, unit] of order.entries()) {
    const isSame = place > 0 && parts.of(unit) === parts.of(order[place - 1] ?? 0);
    length = isSame && length < longest ? length + 1 : 1;
    if (length === 1) cluster += 1;
    clusters[unit] = cluster;
  }
  return clusters;
}
