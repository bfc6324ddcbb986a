import type { Corrections } from "../../../src/core/corrections.ts";
import { ownText } from "../../read-task/csv-file.ts";
import { assignUnits } from "../split/assign-units.ts";
import { type Assignment, Parts, PICKS, REPORTED, TRAIN } from "../split/assignment.ts";
import type { SplitByKey } from "../split/split-key.ts";
import { type Asked, classText, truthCells } from "./asked.ts";
import { clustersOf } from "./clusters.ts";
import { holdoutSize, validationSize } from "./sizes.ts";
import { UnitNumbers, walk } from "./walk.ts";

/** Every unit's part in the run. */
export interface UnitPlan extends Assignment {
  split: SplitByKey;
  /** How many units there are of each sort. */
  units: { train: number; validation: number; holdout: number; test: number };
  /** Units that are alike beyond chance have one number; null where each stands alone. */
  clusters: ArrayLike<number> | null;
  /** The row of test on which each of its units begins. */
  starts: Uint32Array;
}

export interface PlanOptions {
  /** What reading a row of train costs, in cells of a table. */
  weight: number;
  seed: number;
  holdout: "auto" | "none" | number;
  corrections: Corrections;
}

/** Draws hold-out and folds: reads train and test once each. */
export async function planUnits(
  asked: Asked,
  split: SplitByKey,
  options: PlanOptions,
): Promise<UnitPlan> {
  const { seed, weight, corrections } = options;
  const { rows } = asked;
  const { starts, testKeys } = await readTest(asked, split, rows.test);
  const train = await readTrain(asked, split, rows.train, corrections.folds ?? null);
  const { count, unusable, ownFolds, ...known } = train;
  const usable = count - unusable.reduce((sum, one) => sum + one, 0);
  const sizes = { usable, test: starts.length, cells: rows.train * weight };
  const holdout = holdoutSize(sizes, options.holdout);
  const drawn =
    ownFolds ??
    assignUnits({
      ...{ kind: split.kind, ...known, testKeys, count, holdout, seed },
      ...validationSize(sizes, holdout),
    });
  for (let unit = 0; unit < count; unit += 1)
    if (unusable[unit] === 1) drawn.parts.set(unit, TRAIN);
  const final = (unit: number) => (unusable[unit] === 1 ? TRAIN : drawn.final(unit));
  let [held, validation] = [0, 0];
  for (let unit = 0; unit < count; unit += 1) {
    const part = drawn.parts.of(unit);
    if (isHeld(part)) held += 1;
    else if (part >= 0) validation += 1;
  }
  const units = { train: count - held, validation, holdout: held, test: starts.length };
  const clusters = clustersOf(split.kind, known.keys, drawn.parts);
  return { ...drawn, final, split, clusters, starts, units };
}

export const isHeld = (part: number | undefined): boolean => part === PICKS || part === REPORTED;

async function readTest(asked: Asked, { keyOf, columns }: SplitByKey, most: number) {
  const starts = new Uint32Array(most);
  const testKeys = columns.length > 0 ? new Float64Array(most) : null;
  const units = new UnitNumbers(asked.unit);
  for await (const row of walk(asked.test)) {
    const { unit, isNew } = units.of(row);
    if (!isNew) continue;
    starts[unit] = row.at;
    if (testKeys !== null) testKeys[unit] = keyOf(columns.map(row.cellOf));
  }
  const { count } = units;
  return { starts: starts.subarray(0, count), testKeys: testKeys?.subarray(0, count) ?? null };
}

async function readTrain(
  asked: Asked,
  { keyOf, columns }: SplitByKey,
  most: number,
  foldColumn: string | null,
) {
  const { classes, targets, measures } = asked;
  const keys = columns.length > 0 ? new Float64Array(most) : null;
  const codes = new Map(classes.map((name, code) => [name, code]));
  const isNumber = classes.every((name) => Number.isFinite(Number(name)));
  const labels = codes.size > 0 ? new Uint32Array(most) : null;
  const unusable = new Uint8Array(most);
  const folds: string[] = [];
  const units = new UnitNumbers(asked.unit);
  for await (const row of walk(asked.train)) {
    const { unit, isNew } = units.of(row);
    if (measures.some((measure) => truthCells(asked, row.cellOf, measure) === null))
      unusable[unit] = 1;
    if (!isNew) continue;
    if (keys !== null) keys[unit] = keyOf(columns.map(row.cellOf));
    if (foldColumn !== null) folds.push(ownText(row.cellOf(foldColumn)));
    if (labels !== null)
      labels[unit] = codes.get(classText(row.cellOf(targets[0] ?? ""), isNumber)) ?? 0;
  }
  const { count } = units;
  return {
    ...{ count, unusable: unusable.subarray(0, count) },
    keys: keys?.subarray(0, count) ?? null,
    labels: labels?.subarray(0, count) ?? null,
    ownFolds: foldColumn === null ? null : own(folds),
  };
}

/** A person's own folds, as they are; without a value a unit is always for training. */
function own(folds: readonly string[]): Assignment {
  const names = [...new Set(folds)].filter((name) => name !== "").toSorted();
  const parts = new Parts(folds.length);
  for (const [unit, name] of folds.entries()) parts.set(unit, names.indexOf(name));
  return { parts, final: (unit) => parts.of(unit), folds: names.length, holdout: false };
}
