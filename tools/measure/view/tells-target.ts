import { sameCell } from "../../read-task/cells/cell.ts";

const FEWEST = 20;
const MOST_OF = 0.95;

/** A cell of another table beside the target of the row that it is about. */
export type Pair = readonly [cell: string, target: string];

/** Whether a column says what is to be predicted, in its words or in others. */
export function tellsTarget(pairs: readonly Pair[]): boolean {
  if (pairs.length < FEWEST) return false;
  const classes = Map.groupBy(pairs, ([, target]) => target);
  if (classes.size < 2) return false;
  const most = Math.max(...[...classes.values()].map(({ length }) => length)) / pairs.length;
  const same = pairs.filter(([cell, target]) => sameCell(cell, target)).length;
  if (most < 0.9 && same >= MOST_OF * pairs.length) return true;
  const values = Map.groupBy(pairs, ([cell]) => cell);
  if (values.size > Math.max(2 * classes.size, 5) || values.size > pairs.length / 3) return false;
  // Each class must be told, the rare ones too: a column that is nearly always the same tells nothing.
  const meant = new Map([...values].map(([cell, rows]) => [cell, commonest(rows)]));
  return [...classes].every(([target, rows]) => {
    const told = rows.filter(([cell]) => meant.get(cell) === target).length;
    return told >= MOST_OF * rows.length;
  });
}

function commonest(rows: readonly Pair[]): string {
  const counts = Map.groupBy(rows, ([, target]) => target);
  const [first] = [...counts].toSorted(([, a], [, b]) => b.length - a.length);
  return first?.[0] ?? "";
}
