import { isHeld } from "../units/plan-units.ts";
import { type Row, UnitNumbers, walk } from "../units/walk.ts";
import type { OtherFiles } from "./other-files.ts";
import type { Work } from "./work.ts";

/** What a row that is held out has in a column of test that train's table lacks; nothing where no table of train's units has it. */
export type JoinedCells = (row: Row, column: string) => string;

/** Where train's features stand in a table beside its labels: the cells of the hold-out there, by the column that both share. */
export async function joinedCells(
  { asked, plan }: Pick<Work, "asked" | "plan">,
  { ofUnits }: OtherFiles,
): Promise<JoinedCells> {
  const { train, test } = asked;
  const lacking = test.columns.filter((name) => !train.columns.includes(name));
  const beside = ofUnits.find(
    ({ records, hasTest }) => !hasTest && lacking.some((name) => records.columns.includes(name)),
  );
  if (beside === undefined || plan.units.holdout === 0) return () => "";
  const { records, column: key } = beside;
  const held = new Map<string, ReadonlyMap<string, string>>();
  const units = new UnitNumbers(asked.unit);
  for await (const row of walk(train))
    if (isHeld(plan.parts.of(units.of(row).unit))) held.set(row.cellOf(key), new Map());
  const joined = lacking.filter((name) => records.columns.includes(name));
  for await (const { cells, cellOf } of walk(records)) {
    if (held.get(cellOf(key))?.size !== 0) continue;
    const written = (name: string) => cells[records.columns.indexOf(name)] ?? "";
    held.set(cellOf(key), new Map(joined.map((name) => [name, written(name)])));
  }
  return (row, column) => held.get(row.cellOf(key))?.get(column) ?? "";
}
