import { join } from "node:path";
import { isHeld } from "../units/plan-units.ts";
import { UnitNumbers, walk } from "../units/walk.ts";
import type { HeldOut } from "./held-out.ts";
import type { MediaView } from "./media-view.ts";
import { TableFile } from "./text-file.ts";
import { ValidationFiles } from "./validation-files.ts";
import type { Work } from "./work.ts";

/** Reads train once: its table without the hold-out, the validation files of both views, and what is put aside. */
export async function writeTrain(work: Work, held: HeldOut, media: MediaView): Promise<void> {
  const { asked, plan, view, finalView, truth } = work;
  const { train, per } = asked;
  const table = asked.isTrainTable
    ? new TableFile(join(view, train.path), train.columns, train.form)
    : null;
  const search = new ValidationFiles(work, view, join(truth, "validation.csv"));
  const final = new ValidationFiles(work, finalView, join(truth, "final-validation.csv"));
  const units = new UnitNumbers(asked.unit);
  let kept = 0;
  for await (const row of walk(train)) {
    const { unit, isNew } = units.of(row);
    const [part, last] = [plan.parts.of(unit), plan.final(unit)];
    const hasLines = isNew || per === "row";
    media.add(row, unit, isHeld(part));
    if (isHeld(part)) held.add(row, unit, hasLines);
    else {
      table?.add(row.cells);
      if (part >= 0) search.add(row, unit, kept, part, hasLines);
      kept += 1;
    }
    if (last >= 0) final.add(row, unit, row.at, last, hasLines);
  }
  for (const file of [table, search, final]) file?.close();
}
