import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Ground } from "../../../src/core/ground.ts";
import { isDescription } from "../../read-task/task-folder.ts";
import { isTaskYaml } from "../../read-task/task-yaml.ts";
import { csvForm } from "../units/records.ts";
import { walk } from "../units/walk.ts";
import { copyFile, placeFile } from "./place-file.ts";
import { TableFile } from "./text-file.ts";
import type { Work } from "./work.ts";

/** Everything but train, test and sample: what enters the view as it is, and what is left out of it. */
export async function placeOthers(
  work: Work,
  files: readonly string[],
  media: ReadonlySet<string>,
): Promise<Ground["leftOut"]> {
  const { asked, folder, view, finalView, truth } = work;
  const leftOut: Ground["leftOut"] = [];
  const isWords = (path: string) => isDescription(path) || isTaskYaml(path);
  for (const path of files) {
    placeFile(join(folder, path), join(finalView, path));
    if (isWords(path)) placeFile(join(folder, path), join(view, path));
    else if (!media.has(path) && !existsSync(join(view, path)))
      leftOut.push({ path, reason: "nothing says which units it is about" });
  }
  // What the task does not bring is in the final run as in the search, and without the hold-out's lines where test has its own.
  const { test, sample } = asked;
  const isAlone = work.plan.starts.length === 0;
  for (const { path } of [test, sample])
    if (isAlone && !existsSync(join(finalView, path)))
      copyFile(join(view, path), join(finalView, path));
  if (!existsSync(join(finalView, sample.path))) {
    const table = new TableFile(join(finalView, sample.path), sample.columns, csvForm(","));
    for await (const { cells } of walk(sample)) table.add(cells);
    table.close();
  }
  if (isAlone) new TableFile(join(truth, "sample.csv"), sample.columns, csvForm(",")).close();
  else placeFile(join(finalView, sample.path), join(truth, "sample.csv"));
  return leftOut;
}
