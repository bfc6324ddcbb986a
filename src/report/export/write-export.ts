import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
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
    // A blend runs other scripts beside its own file, which a notebook has not.
    ...(exported.isBlend ? {} : { "solution.ipynb": notebookOf(script, record.task.name) }),
    "requirements.txt": `# Python ${workbench.pythonVersion}\n-c constraints.txt\n${pins(used)}`,
    "constraints.txt": pins(workbench.packages),
    "README.md": exportReadme(exported),
  };
  makeFolder(folder, `${folder}: it cannot be written; choose another`);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const best = join(runsFolder, runId, "best");
  const { otherFiles, givenFiles } = exported;
  if (givenFiles.length > 0) mkdirSync(join(folder, "input"));
  const copies = [
    ...[...otherFiles, "submission.csv"].map((name) => [name, name] as const),
    ...givenFiles.map((name) => [name, join("input", name)] as const),
  ];
  for (const [from, to] of copies) copyFileSync(join(best, from), join(folder, to));
  return [...Object.keys(files), ...copies.map(([, to]) => to)];
}

function checkFolder(folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory() || readdirSync(folder).length > 0)
    throw new SettingsError(
      `${folder}: it is there already and not an empty folder; choose another`,
    );
}
