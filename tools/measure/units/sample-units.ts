import { ownText } from "../../read-task/csv-file.ts";
import type { UnitTable } from "../split/unit-table.ts";
import type { Asked } from "./asked.ts";
import type { Records } from "./records.ts";
import { UnitNumbers, walk } from "./walk.ts";

const MOST_UNITS = 40_000;

/** What is common to train and test of some units of each, evenly over their files. */
export async function sampleUnits(asked: Asked): Promise<{ train: UnitTable; test: UnitTable }> {
  const { train, test, targets } = asked;
  const columns = test.columns.filter(
    (column) => train.columns.includes(column) && !targets.includes(column),
  );
  return {
    train: { columns, rows: await thinned(train, columns, asked.unit) },
    test: { columns, rows: await thinned(test, columns, asked.unit) },
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
