import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { csvForm } from "../units/records.ts";
import { HeldOut } from "./held-out.ts";
import { TableFile } from "./text-file.ts";
import type { Work } from "./work.ts";
import { writeTest } from "./write-test.ts";
import { writeTrain } from "./write-train.ts";

/** Writes both views and the truth, each row once and as text. */
export async function writeViews(work: Work): Promise<void> {
  const { asked, view, finalView } = work;
  const held = new HeldOut(work);
  await writeTrain(work, held);
  await writeTest(work, held);
  for (const folder of [view, finalView]) {
    mkdirSync(join(folder, "members"), { recursive: true });
    if (asked.classes.length === 0) continue;
    const classes = new TableFile(join(folder, "classes.csv"), ["class"], csvForm(","));
    for (const name of asked.classes) classes.add([name]);
    classes.close();
  }
}
