import type { Split } from "../../../src/core/ground.ts";
import { numberIn } from "../../read-task/cells/cell.ts";
import { namesTime } from "../../read-task/cells/counted-dates.ts";
import { groupSplit } from "./group-split.ts";
import { type SplitByKey, splitWithKey } from "./split-key.ts";
import { dateColumns, type TimeReader, timeReader } from "./time-reader.ts";
import { timeRelation } from "./time-relation.ts";
import { cellsOf, type Drawn } from "./unit-table.ts";

/** How test was drawn from the units, as far as their cells tell: by time or in stretches, else by group, else at random. */
export function inferSplit(drawn: Drawn): SplitByKey {
  const split = timeSplit(drawn) ?? groupSplit(drawn) ?? atRandom(drawn);
  return splitWithKey(split, drawn.train);
}

function timeSplit({ train, test, ids }: Drawn): Split | null {
  const shared = train.columns.filter((column) => test.columns.includes(column));
  const parts = dateColumns(shared);
  const others = shared.filter((column) => !parts.includes(column)).map((column) => [column]);
  for (const columns of parts.length > 0 ? [parts, ...others] : others) {
    const [before, after] = [cellsOf(train, columns), cellsOf(test, columns)];
    const [column = ""] = columns;
    const reader = timeReader(columns, [...before, ...after], train.readings?.get(column));
    if (reader === null) continue;
    const order = orderOf(columns, reader, [...before, ...after], ids);
    if (order === null) continue;
    const relation = timeRelation(
      Float64Array.from(before, reader.read),
      Float64Array.from(after, reader.read),
    );
    const by = columns.join("+");
    const { later, runs, expectedRuns, mixed, stretches } = relation;
    if (later >= 0.9) {
      const evidence = `${percent(later)} of test's rows are later than all of train by \`${by}\`.`;
      return { kind: "time", by, evidence };
    }
    if (order === "measured" || expectedRuns < 8 || mixed > 0.1 || runs > expectedRuns / 2)
      continue;
    const evidence = `In the order of \`${by}\`, test is ${stretches} stretches between those of train, where random assignment would give ${Math.round(expectedRuns / 2)}.`;
    return { kind: "stretches", by, evidence };
  }
  return null;
}

/** Dates are times, and so are numbers whose column's name says it; what is measured may lie beyond train's range, what names things tells nothing. */
function orderOf(
  columns: readonly string[],
  { isDate }: TimeReader,
  cells: readonly (readonly string[])[],
  ids: readonly string[],
): "time" | "measured" | null {
  const [column = ""] = columns;
  if (isDate || namesTime(column)) return "time";
  if (ids.includes(column)) return null;
  return cells.some(([cell = ""]) => !Number.isInteger(numberIn(cell) ?? 0)) ? "measured" : null;
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
