import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Ground } from "../../../src/core/ground.ts";
import { csvForm } from "../units/records.ts";
import { HeldOut } from "./held-out.ts";
import { MediaView } from "./media-view.ts";
import { placeOthers } from "./place-others.ts";
import { TableFile } from "./text-file.ts";
import type { Work } from "./work.ts";
import { writeTest } from "./write-test.ts";
import { writeTrain } from "./write-train.ts";

/** Writes both views and the truth, each row once and as text. */
export async function writeViews(work: Work, files: readonly string[]): Promise<Ground["leftOut"]> {
  const { asked, view, finalView } = work;
  const held = new HeldOut(work);
  const media = new MediaView(work);
  await writeTrain(work, held, media);
  await writeTest(work, held);
  const placed = await media.finish(held.slots);
  for (const folder of [view, finalView]) {
    mkdirSync(join(folder, "members"), { recursive: true });
    if (asked.classes.length === 0) continue;
    const classes = new TableFile(join(folder, "classes.csv"), ["class"], csvForm(","));
    for (const name of asked.classes) classes.add([name]);
    classes.close();
  }
  return placeOthers(work, files, placed);
}
