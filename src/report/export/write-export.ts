import {
  constants,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { predictScript } from "../../../tools/predict/predict-script.ts";
import { SettingsError } from "../../core/errors.ts";
import { makeFolder } from "../../record/make-folder.ts";
import { type Exported, readExported } from "./exported.ts";
import { modelCard } from "./model-card.ts";
import { notebookOf } from "./notebook.ts";
import { exportReadme } from "./readme.ts";
import { requirementsOf } from "./requirements.ts";
import { conditionsOf, standaloneScript } from "./standalone-script.ts";

/** What was written, and why new rows cannot be predicted with it, where they cannot. */
export interface Written {
  names: string[];
  refused: string | null;
}

/** Whether the data that it learns from come with it: the files themselves, a link to where the run has them, or none. */
export type WithData = "copied" | "linked" | "none";

/** Writes a run's best solution as a folder that works without this program. */
export async function writeExport(
  runsFolder: string,
  runId: string,
  folder: string,
  { data = "copied" }: { data?: WithData } = {},
): Promise<Written> {
  const read = await readExported(runsFolder, runId);
  const exported = data === "none" ? { ...read, input: null } : read;
  const { prediction, otherFiles, givenFiles, beside } = exported;
  checkFolder(folder);
  const files = textsOf(exported);
  makeFolder(folder, `${folder}: it cannot be written; choose another`);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const copy = (from: string, to: string) => copyFileSync(join(beside, from), join(folder, to));
  const copies = [...otherFiles, "submission.csv"];
  for (const name of copies) copy(name, name);
  const hasInput = exported.input !== null || givenFiles.length > 0;
  const input = join(folder, "input");
  if (exported.input === null) {
    if (hasInput) mkdirSync(input);
    for (const name of givenFiles) copy(name, join("input", name));
  } else if (data === "linked") symlinkSync(resolve(exported.input), input);
  else copyData(exported.input, input);
  return {
    names: [...Object.keys(files), ...copies, ...(hasInput ? ["input"] : [])],
    refused: "refused" in prediction ? prediction.refused : null,
  };
}

function textsOf(exported: Exported): Record<string, string> {
  const { workbench, packages, record, isBlend, prediction } = exported;
  const script = standaloneScript(exported.script, conditionsOf(exported));
  return {
    "solution.py": script,
    "solution.ipynb": notebookOf(script, record.task.name, { isBlend }),
    ...("refused" in prediction
      ? {}
      : {
          "predict.py": predictScript(),
          "predict.json": `${JSON.stringify(prediction, null, 1)}\n`,
        }),
    ...requirementsOf(workbench, packages),
    "README.md": exportReadme(exported),
    "MODEL_CARD.md": modelCard(exported),
  };
}

/** The files themselves, also where the run has links to them. */
function copyData(from: string, to: string): void {
  try {
    cpSync(from, to, {
      recursive: true,
      dereference: true,
      mode: constants.COPYFILE_FICLONE,
      filter: (path) => path !== join(from, "members"),
    });
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause)) throw cause;
    throw new SettingsError(
      `${to}: the run's data cannot be copied there (${cause.message}); make room or put its task folder back, or leave the data out with --no-data`,
      { cause },
    );
  }
}

function checkFolder(folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory() || readdirSync(folder).length > 0)
    throw new SettingsError(
      `${folder}: it is there already and not an empty folder; choose another`,
    );
}
