import type { Assignment, UnitsToAssign } from "./assignment.ts";
import { byAtom } from "./by-atom.ts";
import { byTime } from "./by-time.ts";
import { byUnit } from "./by-unit.ts";
import { loosened, numbered, sharedKeys } from "./numbered.ts";
import { stretchOf } from "./stretch-of.ts";

/**
 * Each unit's part, drawn in the kind of the split, from the seed alone. Stretches stay whole, and so do groups, but for as
 * many as test shares with train. By time the latest units are held out and the latest before them are the only fold, since a
 * fold's models train on everything outside of it. A class that has a single unit, group or stretch stays in train.
 */
export function assignUnits(options: UnitsToAssign): Assignment {
  const { kind, keys, testKeys } = options;
  if (kind === "random" || kind === "stratified" || keys === null) return byUnit(options);
  if (kind === "time") return byTime(options, keys);
  if (kind === "stretches")
    return byAtom(options, stretchOf(keys, testKeys ?? new Float64Array()), 4);
  const shared = testKeys === null || testKeys.length === 0 ? 0 : sharedKeys(testKeys, keys);
  // Numbers that restart in each file look shared; groups that mostly were would not be the split.
  return byAtom(options, loosened(numbered(keys), shared > 0.6 ? 0 : shared, options.seed), 20);
}
