import type { Reading } from "../../../src/core/task.ts";

/** Text cells of units, or of a uniform sample of them in their order. */
export interface UnitTable {
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  /** How columns are to be read that do not say plainly what they say. */
  readings?: ReadonlyMap<string, Reading>;
}

export interface Drawn {
  /** May have columns that test lacks. Of large tables a uniform sample, in its order. */
  train: UnitTable;
  test: UnitTable;
  /** Columns that together name a unit. */
  ids: readonly string[];
  /** Whether one class per unit is predicted. */
  classes: boolean;
  /** The task's description: it may say that test has other groups where test's cells cannot. */
  description?: string;
}

/** The cells of some columns, row by row. */
export function cellsOf(table: UnitTable, columns: readonly string[]): string[][] {
  const places = columns.map((column) => table.columns.indexOf(column));
  return table.rows.map((row) => places.map((place) => row[place] ?? ""));
}
