import type { Asked } from "../units/asked.ts";
import type { UnitPlan } from "../units/plan-units.ts";
import { walk } from "../units/walk.ts";
import { FreshValues } from "./fresh-values.ts";

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
  fresh: ReadonlyMap<string, FreshValues>;
}

/** For so many held-out units, among so many rows: reads the values that are there, so that fresh ones are like those of test and none of them. */
export async function freshValues(
  asked: Asked,
  units: number,
  rows: number,
  seed: number,
): Promise<Map<string, FreshValues>> {
  const fresh = new Map(
    asked.renamed.map((column, at) => {
      const isOfUnit = asked.unit === null || asked.unit === column;
      return [column, new FreshValues(column, isOfUnit ? units : rows, seed + at + 1)];
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
