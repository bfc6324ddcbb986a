import type { Ground } from "../../../src/core/ground.ts";
import { shuffled } from "../split/seeded.ts";
import type { SplitByKey } from "../split/split-key.ts";
import { cellsOf, type UnitTable } from "../split/unit-table.ts";
import type { Asked } from "../units/asked.ts";
import { type Binned, binned } from "./binned.ts";
import { likeTest, likeTestBy } from "./boosted-trees.ts";

const MOST_ROWS = 3000;
const FEWEST_ROWS = 50;
const MOST_COLUMNS = 120;
const MOST_NAMED = 3;
const TELLING = 0.55;

/**
 * How well a quick model tells rows of test from those of train that it did not learn from (an adversarial AUC), and which
 * columns alone do. Left out are ids, what names files, and what the split goes by: validation is drawn apart by that too.
 */
export function toldApart(
  { renamed, columns, media }: Pick<Asked, "renamed" | "columns" | "media">,
  split: Pick<SplitByKey, "columns">,
  drawn: { train: UnitTable; test: UnitTable },
): Ground["apart"] {
  const ids = columns.flatMap((column) => ("id" in column ? column.name : []));
  const leftOut = new Set([...renamed, ...ids, ...split.columns, media?.column]);
  const shared = evenly(
    drawn.test.columns.filter((name) => drawn.train.columns.includes(name) && !leftOut.has(name)),
    MOST_COLUMNS,
  );
  const sides = [drawn.train, drawn.test].map((table) =>
    cellsOf({ ...table, rows: evenly(table.rows, MOST_ROWS) }, shared),
  );
  if (shared.length === 0 || sides.some((rows) => rows.length < FEWEST_ROWS)) return null;
  const rows = sides.flat();
  const isTest = Uint8Array.from(rows, (_, at) => Number(at >= (sides[0]?.length ?? 0)));
  const features = shared.flatMap((column, at) =>
    counts(sides, at)
      ? []
      : binned(
          column,
          rows.map((row) => row[at] ?? ""),
          drawn.train.readings?.get(column),
        ),
  );
  if (features.length === 0) return null;
  const order = shuffled(rows.length, 1);
  const halves = [0, 1].map((half) => order.filter((_, at) => at % 2 === half));
  /** Each half by what the other teaches. */
  const tells = (scoresBy: (learnt: Uint32Array) => Float64Array): number =>
    halves.reduce(
      (sum, half, at) => sum + area(scoresBy(halves[1 - at] ?? half), isTest, half) / 2,
      0,
    );
  const auc = tells((learnt) => likeTest(features, isTest, learnt));
  const alone = (feature: Binned) => tells((learnt) => likeTestBy(feature, isTest, learnt));
  const own = Map.groupBy(auc < TELLING ? [] : features, ({ column }) => column);
  const telling = [...own].map(([name, some]) => ({ name, auc: Math.max(...some.map(alone)) }));
  return {
    auc: rounded(auc),
    columns: telling
      .filter((one) => one.auc >= TELLING)
      .toSorted((a, b) => b.auc - a.auc)
      .slice(0, MOST_NAMED)
      .map((one) => ({ ...one, auc: rounded(one.auc) })),
  };
}

/** So many of them, from all over. */
const evenly = <One>(all: readonly One[], most: number): One[] =>
  all.filter(
    (_, at) =>
      Math.floor((at * most) / all.length) !== Math.floor(((at - 1) * most) / all.length) ||
      all.length <= most,
  );

/** Whether a column only numbers rows: whole numbers that grow from row to row, on both sides. */
const counts = (sides: readonly (readonly string[])[][], place: number): boolean =>
  sides.every((rows) =>
    rows.every((row, at) => {
      const [before, here] = [rows[at - 1]?.[place], row[place]];
      return (
        Number.isInteger(Number(here)) && (before === undefined || Number(here) > Number(before))
      );
    }),
  );

/** The share of pairs of rows, one of each side, that the scores put in the right order. */
function area(scores: Float64Array, isTest: Uint8Array, rows: Uint32Array): number {
  const order = rows.toSorted((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  let [below, pairs, tests] = [0, 0, 0];
  for (let from = 0, to = 0; from < order.length; from = to) {
    let [own, other] = [0, 0];
    for (; to < order.length && scores[order[to] ?? 0] === scores[order[from] ?? 0]; to += 1)
      if (isTest[order[to] ?? 0] === 1) own += 1;
      else other += 1;
    pairs += own * (below + other / 2);
    below += other;
    tests += own;
  }
  return below === 0 || tests === 0 ? 0.5 : pairs / (below * tests);
}

const rounded = (value: number): number => Number(value.toFixed(3));
