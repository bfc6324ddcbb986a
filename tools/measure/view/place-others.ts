import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ReadTask } from "../../read-task/read-task.ts";
import { openRecords, type Records } from "../units/records.ts";
import { walk } from "../units/walk.ts";
import type { Slot } from "./held-out.ts";
import { HeldRows } from "./held-rows.ts";
import type { OtherFiles } from "./other-files.ts";
import { copyFile, placeFile } from "./place-file.ts";
import { TableFile } from "./text-file.ts";
import type { Work } from "./work.ts";

/** Everything but train, test, sample and media: the view's side tables, and the final run's files as the task has them. */
export async function placeOthers(
  work: Work,
  reading: ReadTask,
  others: OtherFiles,
  slots: readonly Slot[],
): Promise<void> {
  const { folder, view, finalView, truth, asked } = work;
  for (const path of others.whole) placeFile(join(folder, path), join(view, path));
  for (const table of others.ofUnits) await writeOfUnits(work, table, slots.length);
  const { path } = asked.sample;
  const isGiven = reading.files.includes(path);
  const isAsGiven = !isGiven || (await isWrittenAs(join(folder, path), asked.sample));
  const asGiven = reading.files.filter((file) => isAsGiven || file !== path);
  for (const file of asGiven) placeFile(join(folder, file), join(finalView, file));
  await placeMade(work);
  placeFile(join(isAsGiven ? finalView : folder, path), join(truth, "sample.csv"));
}

/** Whether a file has its columns as the records are written: what scripts fill has commas between them. */
async function isWrittenAs(path: string, { form, columns }: Records): Promise<boolean> {
  const given = await openRecords("/", path);
  return given.form.head(columns) === form.head(columns);
}

/** Rows of the hold-out stand behind all others, under their new names and in an order of chance. */
async function writeOfUnits(
  { view, scratch, fresh }: Work,
  { records, column, hasTest }: OtherFiles["ofUnits"][number],
  most: number,
): Promise<void> {
  const table = new TableFile(join(view, records.path), records.columns, records.form);
  const held = new HeldRows(join(scratch, "side"));
  const place = records.columns.indexOf(column);
  const names = fresh.get(column);
  for await (const { cells } of walk(records)) {
    const given = names?.given(records.says(cells[place] ?? ""));
    if (given === undefined) table.add(cells);
    else if (hasTest)
      held.add(given.rank, cells.with(place, records.writes(given.name, cells[place] ?? "")));
  }
  const reader = held.reader();
  for (let rank = 0; rank < most; rank += 1)
    for (const cells of reader.rowsOf(rank)) table.add(cells);
  reader.close();
  table.close();
}

/** The list of these, in the folder of the truth. */
export const MADE_LIST = "made.json";

/** What the task does not bring: as in the search, but without the hold-out's lines where test has its own. */
async function placeMade({ asked, plan, view, finalView, truth }: Work): Promise<void> {
  const { test, sample } = asked;
  const isAlone = plan.starts.length === 0;
  const isAbsent = ({ path }: Records) => !existsSync(join(finalView, path));
  const made = [...(isAlone ? [test] : []), sample].filter(isAbsent);
  for (const records of made) {
    const to = join(finalView, records.path);
    if (isAlone) copyFile(join(view, records.path), to);
    else await write(records, to);
  }
  writeFileSync(join(truth, MADE_LIST), JSON.stringify(made.map(({ path }) => path)));
}

async function write(records: Records, to: string): Promise<void> {
  const table = new TableFile(to, records.columns, records.form);
  for await (const { cells } of walk(records)) table.add(cells);
  table.close();
}
