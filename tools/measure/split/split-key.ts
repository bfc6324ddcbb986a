import { SettingsError } from "../../../src/core/errors.ts";
import type { Split, SplitKind } from "../../../src/core/ground.ts";
import { pieceOf } from "./pieces.ts";
import { timeReader } from "./time-reader.ts";
import { cellsOf, type UnitTable } from "./unit-table.ts";

export interface SplitByKey extends Split {
  /** Columns that `keyOf` reads; none for random and stratified. */
  columns: readonly string[];
  /** From a unit's cells in `columns` its time (NaN where it has none), or a number that is its group's alone. */
  keyOf: (cells: readonly string[]) => number;
}

/** A split with its keys made readable again: `by` is a column, columns joined by `+`, or a piece as `id[0]`, `path[:2]`. */
export function splitWithKey(split: Split, train: UnitTable): SplitByKey {
  if (split.by === null) return { ...split, columns: [], keyOf: () => 0 };
  const whole = train.columns.includes(split.by);
  const [, column = "", piece] = (!whole && /^(.*)\[(-?\d*(?::-?\d*)?)\]$/.exec(split.by)) || [];
  const columns = whole ? [split.by] : piece === undefined ? split.by.split("+") : [column];
  for (const name of columns)
    if (!train.columns.includes(name))
      throw new SettingsError(
        `The split is by ${name}, but the training data has no such column: it has ${train.columns.join(", ")}.`,
      );
  const key = ordered(split.kind)
    ? (timeReader(columns, cellsOf(train, columns), train.readings?.get(split.by))?.read ?? null)
    : (cells: readonly string[]) => hashed(cells);
  if (key === null)
    throw new SettingsError(`The values of ${split.by} are neither dates nor numbers to split by.`);
  if (piece === undefined) return { ...split, columns, keyOf: key };
  return { ...split, columns, keyOf: (cells) => key(cells.map((cell) => pieceOf(cell, piece))) };
}

const ordered = (kind: SplitKind): boolean => kind === "time" || kind === "stretches";

/** 52 bits, so that two of five million texts meet once in a thousand tasks. */
function hashed(cells: readonly string[]): number {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  for (const cell of cells)
    for (let at = 0; at <= cell.length; at += 1) {
      const code = at < cell.length ? cell.charCodeAt(at) : 0x10000;
      low = Math.imul(low ^ code, 0x01000193);
      high = Math.imul(high ^ (code + (low >>> 15)), 0x85ebca6b);
    }
  return ((high ^ (high >>> 15)) & 0xfffff) * 2 ** 32 + (low >>> 0);
}
