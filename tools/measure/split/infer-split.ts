import type { Split } from "../../../src/core/ground.ts";

/** Text cells of units, or of a uniform sample of them; train and test with the same columns. */
export interface UnitTable {
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

export interface InferredSplit extends Split {
  /** From a unit's cells (in the table's columns) the number of its group, or its time; null for random and stratified. */
  keyOf: ((cells: readonly string[]) => number) | null;
}

/** How test was drawn, as far as the cells tell. `classes` says that what is predicted is one class per unit. */
export function inferSplit(_options: {
  train: UnitTable;
  test: UnitTable;
  ids: readonly string[];
  classes: boolean;
}): InferredSplit {
  const kind = _options.classes ? "stratified" : "random";
  return { kind, by: null, evidence: "Nothing sets test apart from train.", keyOf: null };
}
