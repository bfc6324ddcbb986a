import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Ground } from "../../../src/core/ground.ts";
import type { ReadTask } from "../../read-task/read-task.ts";
import { csvForm } from "../units/records.ts";
import { HeldOut } from "./held-out.ts";
import { joinedCells } from "./joined-cells.ts";
import { MediaView } from "./media-view.ts";
import { otherFiles } from "./other-files.ts";
import { placeOthers } from "./place-others.ts";
import { TableFile } from "./text-file.ts";
import type { Work } from "./work.ts";
import { writeTest } from "./write-test.ts";
import { writeTrain } from "./write-train.ts";

/** Writes both views and the truth, each row once and as text. */
export async function writeViews(work: Work, reading: ReadTask): Promise<Ground["leftOut"]> {
  const { asked, view, finalView } = work;
  const others = await otherFiles(asked, reading);
  const held = new HeldOut(work, await joinedCells(work, others));
  const media = new MediaView(work);
  await writeTrain(work, held, media);
  await writeTest(work, held);
  await media.finish(held.slots);
  for (const folder of [view, finalView]) {
    mkdirSync(join(folder, "members"), { recursive: true });
    if (asked.classes.length === 0) continue;
    const classes = new TableFile(join(folder, "classes.csv"), ["class"], csvForm(","));
    for (const name of asked.classes) classes.add([name]);
    classes.close();
  }
  await placeOthers(work, reading, others, held.slots);
  return [...others.leftOut, ...media.leftOut];
}
