import { ownText } from "../../read-task/csv-file.ts";
import type { UnitTable } from "../split/unit-table.ts";
import type { Asked } from "./asked.ts";
import type { Records } from "./records.ts";
import { UnitNumbers, walk } from "./walk.ts";

const MOST_UNITS = 10_000;

/** Some units of train and test, evenly over their files: test with the columns that it shares, train with all but its targets. */
export async function sampleUnits(asked: Asked): Promise<{ train: UnitTable; test: UnitTable }> {
  const { train, test } = asked.glance;
  const known = train.columns.filter((column) => !asked.targets.includes(column));
  const shared = test.columns.filter((column) => known.includes(column));
  return {
    train: { columns: known, rows: await thinned(train, known, asked.unit) },
    test: { columns: shared, rows: await thinned(test, shared, asked.unit) },
  };
}

/** Every so many rows, as many as there is room for: one of two is dropped whenever there are too many. */
async function thinned(records: Records, columns: readonly string[], unit: string | null) {
  const units = new UnitNumbers(records.columns.includes(unit ?? "") ? unit : null);
  let rows: string[][] = [];
  let every = 1;
  let count = 0;
  for await (const row of walk(records)) {
    if (!units.of(row).isNew) continue;
    if (count++ % every !== 0) continue;
    rows.push(columns.map((column) => ownText(row.cellOf(column))));
    if (rows.length < 2 * MOST_UNITS) continue;
    rows = rows.filter((_, at) => at % 2 === 0);
    every *= 2;
  }
  return rows;
}
