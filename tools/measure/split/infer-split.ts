import type { Split } from "../../../src/core/ground.ts";
import { numberIn } from "../../read-task/cell.ts";
import { groupSplit } from "./group-split.ts";
import { type SplitByKey, splitWithKey } from "./split-key.ts";
import { dateIn, dateParts, namesTime, timeReader } from "./time-reader.ts";
import { timeRelation } from "./time-relation.ts";
import { cellsOf, type Drawn } from "./unit-table.ts";

/** How test was drawn from the units, as far as their cells tell: by time or in stretches, else by group, else at random. */
export function inferSplit(drawn: Drawn): SplitByKey {
  const split = timeSplit(drawn) ?? groupSplit(drawn) ?? atRandom(drawn);
  return splitWithKey(split, drawn.train);
}

function timeSplit({ train, test, ids }: Drawn): Split | null {
  const shared = train.columns.filter((column) => test.columns.includes(column));
  const parts = dateParts(shared);
  const candidates = [
    parts,
    ...shared.filter((column) => !parts.includes(column)).map((column) => [column]),
  ];
  for (const columns of candidates) {
    if (columns.length === 0) continue;
    const [before, after] = [cellsOf(train, columns), cellsOf(test, columns)];
    const reader = timeReader(columns, [...before, ...after]);
    if (reader === null || !isTime(columns, [...before, ...after], ids)) continue;
    const found = decide(
      columns.join("+"),
      Float64Array.from(before, reader),
      Float64Array.from(after, reader),
    );
    if (found) return found;
  }
  return null;
}

/** Dates are times; numbers only where the column's name says so, or where they are measured and not names. */
function isTime(
  columns: readonly string[],
  cells: readonly (readonly string[])[],
  ids: readonly string[],
) {
  const [column = ""] = columns;
  if (columns.length > 1 || namesTime(column)) return true;
  const values = cells.map(([cell = ""]) => cell);
  if (values.some((value) => !Number.isNaN(dateIn(value)))) return true;
  return !ids.includes(column) && values.some((value) => !Number.isInteger(numberIn(value) ?? 0));
}

function decide(by: string, train: Float64Array, test: Float64Array): Split | null {
  const { later, runs, expectedRuns, mixed, stretches } = timeRelation(train, test);
  if (later >= 0.9)
    return {
      kind: "time",
      by,
      evidence: `${percent(later)} of test's rows are later than all of train by \`${by}\`.`,
    };
  if (expectedRuns < 8 || mixed > 0.1 || runs > expectedRuns / 2) return null;
  return {
    kind: "stretches",
    by,
    evidence: `In the order of \`${by}\`, test is ${stretches} stretches between those of train; at random there would be about ${Math.round(expectedRuns / 2)}.`,
  };
}

function atRandom({ train, test, classes }: Drawn): Split {
  const compared = train.columns.filter((column) => test.columns.includes(column)).length;
  return {
    kind: classes ? "stratified" : "random",
    by: null,
    evidence: `Test's rows look drawn at random: none of ${compared} columns, nor a piece of an id, sets them apart from train's.`,
  };
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
