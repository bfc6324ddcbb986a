import { join } from "node:path";
import { Task } from "../../../../src/core/task.ts";
import { prepareGround } from "../../../../tools/measure/ground/prepare-ground.ts";
import { readTask } from "../../../../tools/read-task/read-task.ts";
import { makeFolder } from "../../read-task/make-folder.ts";

/** A task folder with its ground prepared in a run folder of its own. */
export async function prepared(
  folder: string,
  {
    holdout = "auto",
    runFolder = makeFolder({}),
  }: { holdout?: "auto" | "none" | number; runFolder?: string } = {},
) {
  const reading = await readTask(folder);
  const { draft } = reading;
  const task = Task.parse({ ...draft, modality: draft.modality ?? "tabular" });
  const measuring = await prepareGround({ reading, task, runFolder, seed: 7, holdout });
  return { reading, runFolder, ...measuring, input: (path: string) => join(measuring.view, path) };
}
