import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { numberIn } from "../../read-task/cells/cell.ts";
import { openTable, readCells } from "../../read-task/csv-file.ts";
import { classText } from "../units/asked.ts";

const About = z.object({
  idColumns: z.array(z.string()),
  columns: z.array(z.string()),
  predicts: z.enum(["numbers", "probabilities", "labels", "texts"]),
});

/** What is stated on each line of the truth, by prediction column: numbers, or codes of labels that are the same in all. */
export interface Stated {
  isNumber: boolean;
  truth: Float64Array[];
  /** One for each of the folders. */
  predicted: Float64Array[][];
}

/** Truth, and the predictions in `validation.csv` of some folders; null when one does not state every line. */
export async function readStated(truth: string, finals: readonly string[]): Promise<Stated | null> {
  const text = readFileSync(join(truth, "truth.json"), "utf8");
  const { idColumns, columns, predicts } = About.parse(JSON.parse(text));
  const isNumber = predicts === "numbers" || predicts === "probabilities";
  const codes = new Map<string, number>();
  const stated = (cell: string) => {
    if (isNumber) return numberIn(cell) ?? Number.NaN;
    const label = classText(cell, true);
    if (!codes.has(label)) codes.set(label, codes.size);
    return codes.get(label) ?? 0;
  };
  const read = async (folder: string) => {
    const cells = await readCells(await openTable(folder, "validation.csv"), [
      ...idColumns,
      ...columns,
    ]);
    return {
      keys: cells.map((row, at) => keyOf(row.slice(0, idColumns.length)) || String(at)),
      values: columns.map((_, column) =>
        Float64Array.from(cells, (row) => stated(row[idColumns.length + column] ?? "")),
      ),
    };
  };
  const known = await read(truth);
  const predicted: Float64Array[][] = [];
  for (const final of finals) {
    const { keys, values } = await read(final);
    const places = new Map(keys.map((key, at) => [key, at]));
    const order = known.keys.map((key) => places.get(key) ?? -1);
    const ordered = values.map((column) =>
      Float64Array.from(order, (at) => column[at] ?? Number.NaN),
    );
    if (ordered.some((column) => column.some(Number.isNaN))) return null;
    predicted.push(ordered);
  }
  return { isNumber, truth: known.values, predicted };
}

const keyOf = (ids: readonly string[]) => ids.map((id) => classText(id, true)).join("\0");
