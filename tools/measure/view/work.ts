import type { Asked } from "../units/asked.ts";
import type { UnitPlan } from "../units/plan-units.ts";
import { walk } from "../units/walk.ts";
import { FreshPieces } from "./fresh-pieces.ts";
import { type FreshNames, FreshValues } from "./fresh-values.ts";

/** What all that write the view know. */
export interface Work {
  asked: Asked;
  plan: UnitPlan;
  /** The task's. */
  folder: string;
  /** Where the view, the view of the final run and the truth are made. */
  view: string;
  finalView: string;
  truth: string;
  /** Where rows wait for their turn. */
  scratch: string;
  seed: number;
  /** Of each column that is renamed, what stands there for held-out rows. */
  fresh: ReadonlyMap<string, FreshNames>;
}

/** Reads the values that are there, so that fresh ones are like those of test and none of them. */
export async function freshValues(
  asked: Asked,
  { units, split }: UnitPlan,
  seed: number,
): Promise<Map<string, FreshNames>> {
  const fresh = new Map(
    asked.renamed.map((column, at): [string, FreshNames] => {
      const isOfUnit = asked.unit === null || asked.unit === column;
      const most = isOfUnit ? units.holdout : asked.rows.train;
      // Units of a group stay one by their new names too.
      const isGroup = split.kind === "group" && split.by?.startsWith(`${column}[`);
      const piece = isGroup ? (/\[(-?\d*)/.exec(split.by ?? "")?.[1] ?? null) : null;
      const values = new FreshValues(column, most, seed + at + 1);
      return [column, piece === null ? values : new FreshPieces(values, Number(piece))];
    }),
  );
  for (const records of [asked.test, asked.train]) {
    const known = [...fresh].filter(([column]) => records.columns.includes(column));
    if (known.length === 0) continue;
    for await (const { cellOf } of walk(records))
      for (const [column, values] of known) values.see(cellOf(column), records === asked.test);
  }
  return fresh;
}

/** The cells of a row as they stand where its unit is held out. */
export const renamedCells =
  ({ fresh }: Work, cellOf: (column: string) => string) =>
  (column: string): string =>
    fresh.get(column)?.for(cellOf(column)) ?? cellOf(column);
