import { rmSync } from "node:fs";
import { join } from "node:path";
import { csvForm } from "../units/records.ts";
import { walk } from "../units/walk.ts";
import type { HeldOut } from "./held-out.ts";
import { TableFile } from "./text-file.ts";
import type { Work } from "./work.ts";

/** Test and sample with the held-out units mixed in, and what the scorer must know of each line. */
export async function writeTest(work: Work, held: HeldOut): Promise<void> {
  const { rows, lines } = held.readers();
  if (work.asked.isTestTable) await writeTable(work, held, rows.rowsOf);
  await writeSample(work, held, lines.rowsOf);
  rows.close();
  lines.close();
}

type RowsOf = (unit: number) => string[][];

async function writeTable({ asked, plan, view }: Work, { slots }: HeldOut, rowsOf: RowsOf) {
  const { test } = asked;
  const table = new TableFile(join(view, test.path), test.columns, test.form);
  let next = 0;
  const takeIn = (row: number) => {
    for (; next < slots.length; next += 1) {
      const { unit, behind } = slots[next] ?? { unit: 0, behind: 0 };
      if ((plan.starts[behind] ?? Infinity) > row) return;
      for (const cells of rowsOf(unit)) table.add(cells);
    }
  };
  for await (const { at, cells } of walk(test)) {
    takeIn(at);
    table.add(cells);
  }
  takeIn(Infinity);
  table.close();
}

async function writeSample(
  { asked, plan, view, truth }: Work,
  held: HeldOut,
  linesOf: RowsOf,
): Promise<void> {
  const { sample, columns, measures, per } = asked;
  const names = columns.map(({ name }) => name);
  const csv = csvForm(",");
  const table = new TableFile(join(view, sample.path), names, sample.form);
  const lines = new TableFile(join(truth, "lines.csv"), ["original", ...names.filter(isId)], csv);
  const truths = new TableFile(
    join(truth, "holdout.csv"),
    ["__unit", "__cluster", "__half", "__line", ...names],
    csv,
  );
  function isId(_: string, at: number): boolean {
    return "id" in (columns[at] ?? {});
  }
  /** A line's number stands in place of whatever number it had. */
  const numbered = (cells: readonly string[]) =>
    cells.map((cell, at) => {
      const column = columns[at];
      const piece = column !== undefined && "id" in column ? column.id[0] : undefined;
      return piece !== undefined && "first" in piece ? String(piece.first + table.rows) : cell;
    });
  const add = (cells: readonly string[], original: number) => {
    lines.add([String(original), ...cells.filter((cell, at) => isId(cell, at))]);
    table.add(cells);
  };
  // Where there is no test set the hold-out is all that is predicted, and so what is handed out.
  const isAlone = plan.starts.length === 0;
  let next = 0;
  const takeIn = (line: number) => {
    for (; next < held.slots.length; next += 1) {
      const { unit, behind } = held.slots[next] ?? { unit: 0, behind: 0 };
      const start = per === "unit" ? behind : (plan.starts[behind] ?? Infinity);
      if (behind < plan.starts.length && start * measures.length > line) return;
      for (const cells of linesOf(unit).map(numbered)) {
        const cluster = String(plan.clusters?.[unit] ?? unit);
        truths.add([
          String(unit),
          cluster,
          String(held.halfOf(unit)),
          String(table.rows),
          ...cells,
        ]);
        add(
          cells.map((cell, at) => {
            const column = columns[at];
            return column !== undefined && "truth" in column ? column.placeholder : cell;
          }),
          isAlone ? table.rows : -1,
        );
      }
    }
  };
  for await (const { at, cells } of walk(sample)) {
    takeIn(at);
    add(numbered(cells), at);
  }
  takeIn(Infinity);
  for (const file of [table, lines, truths]) file.close();
  if (truths.rows === 0) rmSync(join(truth, "holdout.csv"));
}
