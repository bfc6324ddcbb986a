import { copyFileSync, existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SettingsError } from "../../core/errors.ts";
import { makeFolder } from "../../record/make-folder.ts";
import { type Exported, readExported } from "./exported.ts";
import { notebookOf } from "./notebook.ts";
import { exportReadme } from "./readme.ts";
import { conditionsOf, standaloneScript } from "./standalone-script.ts";

/** Writes a run's best solution as a folder that works without this program; returns the names of its files. */
export function writeExport(runsFolder: string, runId: string, folder: string): string[] {
  const exported = readExported(runsFolder, runId);
  const { workbench, packages, record } = exported;
  checkFolder(folder);

  const script = standaloneScript(exported.script, conditionsOf(exported));
  const pins = (list: Exported["packages"]) =>
    list.map(({ name, version }) => `${name}==${version}\n`).join("");
  const used = packages.length > 0 ? packages : workbench.packages;
  const files: Record<string, string> = {
    "solution.py": script,
    "solution.ipynb": notebookOf(script, record.task.name),
    "requirements.txt": `# Python ${workbench.pythonVersion}\n-c constraints.txt\n${pins(used)}`,
    "constraints.txt": pins(workbench.packages),
    "README.md": exportReadme(exported),
  };
  makeFolder(folder, `${folder}: it cannot be written; choose another`);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const submission = join(runsFolder, runId, "best", "submission.csv");
  copyFileSync(submission, join(folder, "submission.csv"));
  return [...Object.keys(files), "submission.csv"];
}

function checkFolder(folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory() || readdirSync(folder).length > 0)
    throw new SettingsError(
      `${folder}: it is there already and not an empty folder; choose another`,
    );
}
