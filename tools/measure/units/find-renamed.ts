import { dateParts } from "../../../src/core/words/written-date.ts";
import { numberIn } from "../../read-task/cells/cell.ts";
import type { Asked } from "./asked.ts";

/** Columns whose values only tell rows apart; what is a feature too keeps its value. */
export async function findRenamed(asked: Asked): Promise<string[]> {
  const { train, test, unit } = asked;
  const named = asked.columns.flatMap((column) =>
    "id" in column ? column.id.flatMap((piece) => ("column" in piece ? [piece.column] : [])) : [],
  );
  const ids = unit !== null ? [unit] : named.length === 1 ? named : [];
  const rows: string[][] = [];
  for await (const batch of train.rows()) {
    rows.push(...batch.slice(0, 500));
    break;
  }
  return test.columns.filter((column) => {
    if (column === asked.media?.column) return true;
    if (!train.columns.includes(column)) return ids.includes(column);

    const cells = rows.map((row) => train.says(row[train.columns.indexOf(column)] ?? ""));
    return ids.includes(column) ? !cells.some(isFeature) : counts(cells);
  });
}

/** A date, or an amount: it says something of its row. */
const isFeature = (cell: string): boolean =>
  dateParts(cell) !== null || /^[-+]?\d+\.\d*[1-9]/.test(cell);

/** Whether a column only numbers the rows of its file. */
const counts = (cells: readonly string[]): boolean =>
  cells.length > 2 &&
  cells.every((cell, at) => {
    const before = cells[at - 1];
    return before === undefined ? numberIn(cell) !== null : Number(cell) - Number(before) === 1;
  });
