import { openTable, readCells } from "../../read-task/csv-file.ts";
import { extensionOf } from "../../read-task/find-modality.ts";
import { shuffled } from "../split/seeded.ts";

/** Where the units of a fold stand: in train's table, or as files whose names hold the labels; and in the truth. */
export interface FoldUnit {
  rows: number[];
  files: string[];
  lines: number[];
}

export interface Fold {
  view: string;
  truth: string;
  fold: number;
}

/** The units of one fold in the order of the files. */
export async function foldUnits({ view, truth, fold }: Fold): Promise<FoldUnit[]> {
  const units = new Map<string, FoldUnit>();
  const unitOf = (name: string) => {
    const known = units.get(name) ?? { rows: [], files: [], lines: [] };
    units.set(name, known);
    return known;
  };
  const folds = await openTable(view, "folds.csv");
  const lines = await readCells(await openTable(truth, "validation.csv"), ["__unit", "__fold"]);
  if (folds.columns.includes("row")) {
    for (const [unit = "", row, number] of await readCells(folds, ["unit", "row", "fold"]))
      if (Number(number) === fold) unitOf(unit).rows.push(Number(row));
  } else
    for (const [line, [path = "", number]] of (await readCells(folds, ["unit", "fold"])).entries())
      if (Number(number) === fold) unitOf(lines[line]?.[0] ?? "").files.push(path);
  for (const [line, [unit = "", number]] of lines.entries())
    if (Number(number) === fold) unitOf(unit).lines.push(line);
  return [...units.values()];
}

/** For each unit the one whose labels it is given; only units with as many rows and lines, or files of one kind, can exchange theirs. */
export function exchanged(units: readonly FoldUnit[], seed: number): Uint32Array {
  const given = new Uint32Array(units.length);
  const alike = Map.groupBy(units.keys(), (at) => {
    const { rows, files, lines } = units[at] ?? { rows: [], files: [], lines: [] };
    return `${rows.length} ${lines.length} ${files.map(extensionOf).join()}`;
  });
  for (const places of alike.values())
    for (const [at, other] of shuffled(places.length, seed).entries())
      given[places[at] ?? 0] = places[other] ?? 0;
  return given;
}
