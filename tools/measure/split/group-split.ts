import type { Split } from "../../../src/core/ground.ts";
import { isMissing, numberIn } from "../../read-task/cells/cell.ts";
import { type GroupOverlap, groupOverlap } from "./group-overlap.ts";
import { pieceOf, piecesOf } from "./pieces.ts";
import { cellsOf, type Drawn } from "./unit-table.ts";

/** Share of the expected overlap that is left where groups were kept apart; measured numbers also drift. */
const APART = 0.5;
const MEASURED_APART = 0.1;
/** Fewer expected meetings than this tell nothing. */
const TELLING = 0.2;

interface Candidate extends GroupOverlap {
  by: string;
}

/** Groups that test keeps apart from train: the coarsest of them, since finer ones are apart with it. */
export function groupSplit(drawn: Drawn): Split | null {
  const found = candidates(drawn).sort((a, b) => a.train - b.train)[0];
  if (found)
    return {
      kind: "group",
      by: found.by,
      evidence: `${percent(found.shared)} of test's rows share their \`${found.by}\` with train, where random assignment would give ${percent(found.expected)}.`,
    };
  return restarted(drawn) ?? described(drawn);
}

function candidates({ train, test }: Drawn): Candidate[] {
  const found: Candidate[] = [];
  for (const column of train.columns.filter((name) => test.columns.includes(name))) {
    const before = cellsOf(train, [column]).map(([cell = ""]) => cell);
    const after = cellsOf(test, [column]).map(([cell = ""]) => cell);
    const measured = before.some((cell) => !Number.isInteger(numberIn(cell) ?? 0));
    const consider = (by: string, of: (cell: string) => string) => {
      const overlap = groupOverlap(before.map(of), after.map(of));
      if (isApart(overlap, after.length, measured ? MEASURED_APART : APART))
        found.push({ by, ...overlap });
    };
    consider(column, (cell) => cell);
    const named = [...before, ...after].filter(
      (cell) => !isMissing(cell) && numberIn(cell) === null,
    );
    if (named.length > 0.95 * (before.length + after.length))
      for (const piece of piecesOf(named))
        consider(`${column}[${piece}]`, (cell) => pieceOf(cell, piece));
  }
  return found;
}

function isApart(
  { train, test, shared, expected }: GroupOverlap,
  rows: number,
  most: number,
): boolean {
  const noise = Math.sqrt((expected * (1 - expected)) / Math.min(rows, test * 3)) + 1 / rows;
  return (
    train >= 3 && expected >= TELLING && shared <= most * expected && expected - shared > 4 * noise
  );
}

/** Ids of several parts whose first restarts in each file: the values look shared, the groups are not. */
function restarted({ train, test, ids }: Drawn): Split | null {
  for (const by of ids) {
    if (!test.columns.includes(by) || !train.columns.includes(by)) continue;
    const [before, after] = [cellsOf(train, [by]).flat(), cellsOf(test, [by]).flat()];
    const { train: groups, test: others } = groupOverlap(before, after);
    if (
      others > 0.7 * after.length ||
      others < 3 ||
      !together(before, groups) ||
      !together(after, others)
    )
      continue;
    const rows = Math.abs(Math.log(before.length / after.length / (groups / others)));
    const sizes = Math.abs(Math.log(groups / others));
    if (rows > sizes + 0.1) continue;
    return {
      kind: "group",
      by,
      evidence: `${(after.length / others).toFixed(1)} rows of test stand together for each \`${by}\`, ${(before.length / groups).toFixed(1)} of train: they stay together.`,
    };
  }
  return null;
}

/** Whether rows of one value stand next to each other. */
function together(values: readonly string[], distinct: number): boolean {
  return values.filter((value, at) => value !== values[at - 1]).length <= 1.02 * distinct;
}

/** A column that test lacks, of which the description says that test has others: "unseen speakers". */
function described({ train, test, description = "" }: Drawn): Split | null {
  for (const by of train.columns.filter((name) => !test.columns.includes(name))) {
    const word = by
      .replace(/_?ids?$/i, "")
      .replace(/\W/g, "")
      .replace(/_/g, "[ _-]?");
    if (word.length < 3) continue;
    const said = new RegExp(
      `\\b(?:unseen|unknown|new|other|different|held[- ]?out|disjoint|separate) (?:\\w+ )?${word}(?:e?s)?\\b`,
      "i",
    );
    const [phrase] = said.exec(description) ?? [];
    const groups = new Set(cellsOf(train, [by]).flat()).size;
    if (phrase === undefined || groups < 3 || groups > train.rows.length / 2) continue;
    return {
      kind: "group",
      by,
      evidence: `The description speaks of "${phrase}", and train's rows are of ${groups} in \`${by}\`, a column that test lacks.`,
    };
  }
  return null;
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
