import { scriptEnvironment } from "../../../tools/run-python/script-environment.ts";
import type { Exported } from "./exported.ts";

/** What an interpreter must be told before it starts, or what is about this machine only. */
const OUTSIDE = /^(PATH|LANG|PYTHON\w*|HF_HUB_OFFLINE)$/;

/** The variables that the best solution ran with and that its numbers may depend on. */
export function conditionsOf({ record, sawAllRows, workbench }: Exported): Record<string, string> {
  const { seed, scriptSeconds: seconds } = record.settings;
  const maxTrainRows = sawAllRows ? null : record.settings.maxTrainRows;
  const all = scriptEnvironment({ cpus: workbench.cpus, gpu: null, seed, seconds, maxTrainRows });
  // Where there was a device, whoever runs it decides which.
  if (workbench.gpu !== null) delete all["CUDA_VISIBLE_DEVICES"];
  return Object.fromEntries(Object.entries(all).filter(([name]) => !OUTSIDE.test(name)));
}

const BLANK = String.raw`[ \t]*(?:#(?! ?%%)[^\n]*)?\n`;
const DOCSTRING = String.raw`[rRuU]?("""|'''|"|')(?:\\[^]|[^\\])*?\1[^\n]*\n`;
const FROM_FUTURE = String.raw`from\s+__future__\s+import\b(?:\s*\([^)]*\)|[^\n(])*\n`;
/** What must stay first in a script: comments, its docstring, and imports from the future. */
const OPENING = new RegExp(`^(?:${BLANK})*(?:${DOCSTRING})?(?:${BLANK}|${FROM_FUTURE})*`);

/** The script with these variables set before its first import, unless whoever runs it has set them. */
export function standaloneScript(script: string, conditions: Record<string, string>): string {
  const opening = OPENING.exec(script)?.[0] ?? "";
  const pairs = Object.entries(conditions).map(
    ([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)},`,
  );
  return `${opening.trim() === "" ? "" : `${opening.trimEnd()}\n\n\n`}# %% Conditions of the run
# Each can be overridden by a variable of the same name; thread counts can change the last digits.
import os

os.environ.update({
${pairs.join("\n")}
} | os.environ)


${script.slice(opening.length).replace(/^\n+/, "")}`;
}
