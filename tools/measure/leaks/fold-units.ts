import { openTable, readCells } from "../../read-task/csv-file.ts";
import { shuffled } from "../split/seeded.ts";

/** Where the units of a fold stand: in train's table, and in the truth. */
export interface FoldUnit {
  rows: number[];
  lines: number[];
}

export interface Fold {
  view: string;
  truth: string;
  fold: number;
}

/** The units of one fold in the order of the files; none where train is no table. */
export async function foldUnits({ view, truth, fold }: Fold): Promise<FoldUnit[]> {
  const units = new Map<string, FoldUnit>();
  const unitOf = (name: string) => {
    const known = units.get(name) ?? { rows: [], lines: [] };
    units.set(name, known);
    return known;
  };
  const folds = await openTable(view, "folds.csv");
  if (!folds.columns.includes("row")) return [];
  for (const [unit = "", row, number] of await readCells(folds, ["unit", "row", "fold"]))
    if (Number(number) === fold) unitOf(unit).rows.push(Number(row));
  const lines = await readCells(await openTable(truth, "validation.csv"), ["__unit", "__fold"]);
  for (const [line, [unit = "", number]] of lines.entries())
    if (Number(number) === fold) unitOf(unit).lines.push(line);
  return [...units.values()];
}

/** For each unit the one whose labels it is given; only units with as many rows and lines can exchange theirs. */
export function exchanged(units: readonly FoldUnit[], seed: number): Uint32Array {
  const given = new Uint32Array(units.length);
  const alike = Map.groupBy(units.keys(), (at) => {
    const { rows, lines } = units[at] ?? { rows: [], lines: [] };
    return `${rows.length} ${lines.length}`;
  });
  for (const places of alike.values())
    for (const [at, other] of shuffled(places.length, seed).entries())
      given[places[at] ?? 0] = places[other] ?? 0;
  return given;
}
