import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { openTable, readCells } from "../../read-task/csv-file.ts";
import { csvForm } from "../units/records.ts";
import { placeFile } from "../view/place-file.ts";
import { TableFile } from "../view/text-file.ts";
import { exchanged, type Fold, type FoldUnit, foldUnits } from "./fold-units.ts";

export interface PermutedView extends Fold {
  seed: number;
  /** Train's table, below the view, and its columns that hold labels. */
  table: string;
  labels: readonly string[];
  /** Where the changed view is made. */
  into: string;
}

const FEWEST_UNITS = 50;
const MEMBERS = "members";

/**
 * A view in which the units of one fold have each other's labels, or lie under each other's names where these hold the labels;
 * all else is the same files. Null when it is there,
 * else in a sentence why there can be none.
 */
export async function permutedView(options: PermutedView): Promise<string | null> {
  const { view, table, labels, seed, into } = options;
  const isInNames = !(await openTable(view, "folds.csv")).columns.includes("row");
  if (!existsSync(into)) {
    const units = await foldUnits(options);
    if (!isInNames && (!/\.[ct]sv$/i.test(table) || !existsSync(join(view, table))))
      return "The labels are in no plain table.";
    const given = exchanged(units, seed);
    if (given.filter((other, at) => other !== at).length < FEWEST_UNITS)
      return "Too few units of a fold can exchange their labels.";
    const unfinished = `${into}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    if (isInNames) exchangeFiles(view, unfinished, units, given);
    placeFiles(view, unfinished, isInNames ? MEMBERS : table);
    if (!isInNames)
      await writeTable(join(view, table), join(unfinished, table), labels, donors(units, given));
    renameSync(unfinished, into);
  }
  // Attempts that were published since: a script may count on them. They speak of names, not of what lies there now.
  if (!isInNames) placeFiles(join(view, MEMBERS), join(into, MEMBERS));
  return null;
}

/** Names hold the labels: a unit is given others by lying under another's names. */
function exchangeFiles(
  view: string,
  into: string,
  units: readonly FoldUnit[],
  given: Uint32Array,
): void {
  for (const [at, { files }] of units.entries())
    for (const [nth, path] of files.entries())
      placeFile(join(view, path), join(into, units[given[at] ?? at]?.files[nth] ?? path));
}

/** For each row of the fold, the row whose labels it is given. */
const donors = (units: readonly FoldUnit[], given: Uint32Array): Map<number, number> =>
  new Map(
    units.flatMap(({ rows }, at) =>
      rows.map((row, place) => [row, units[given[at] ?? at]?.rows[place] ?? row] as const),
    ),
  );

async function writeTable(
  from: string,
  to: string,
  labels: readonly string[],
  donor: ReadonlyMap<number, number>,
): Promise<void> {
  const file = await openTable("", from);
  const known = await readCells(file, labels);
  const places = labels.map((label) => file.columns.indexOf(label));
  const written = new TableFile(to, file.columns, csvForm(file.delimiter));
  let row = -1;
  for await (const batch of file.batches())
    for (const cells of batch) {
      row += 1;
      const other = known[donor.get(row) ?? row];
      for (const [at, place] of places.entries()) cells[place] = other?.[at] ?? "";
      written.add(cells);
    }
  written.close();
}

/** Every file below a folder under the same name below another, but for one of them (or all in that folder) and those that are there. */
function placeFiles(from: string, to: string, left?: string): void {
  if (!existsSync(from)) return;
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    const path = join(relative(from, entry.parentPath), entry.name);
    const target = join(to, path);
    if (path === left || path.startsWith(`${left}/`) || existsSync(target)) continue;
    if (entry.isDirectory()) mkdirSync(target, { recursive: true });
    else placeFile(join(from, path), target);
  }
}
