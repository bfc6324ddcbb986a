import { scriptEnvironment } from "../../../tools/run-python/script-environment.ts";
import type { Exported } from "./exported.ts";

/** What an interpreter must be told before it starts, or what is about this machine only. */
export const OUTSIDE = /^(PATH|LANG|PYTHON\w*|HF_HUB_OFFLINE)$/;

/** The variables that the best solution ran with and that its numbers may depend on. */
export function conditionsOf({ record, sawAllRows, workbench }: Exported): Record<string, string> {
  const { seed, scriptSeconds: seconds } = record.settings;
  const maxTrainRows = sawAllRows ? null : record.settings.maxTrainRows;
  const all = scriptEnvironment({ cpus: workbench.cpus, gpu: null, seed, seconds, maxTrainRows });
  // Where there was a device, whoever runs it decides which.
  if (workbench.gpu !== null) delete all["CUDA_VISIBLE_DEVICES"];
  return Object.fromEntries(Object.entries(all).filter(([name]) => !OUTSIDE.test(name)));
}

const BLANK = /[ \t]*(?:#(?! ?%%)[^\n]*)?\n/y;
const DOCSTRING =
  /[rRuU]?(?:"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*')[^\n]*(?:\n|$)/y;
const FROM_FUTURE = /from[ \t]+__future__[ \t]+import\b(?:\([^)]*\)|[^\n(])*\n/y;

/** What must stay first in a script: comments, its docstring, and imports from the future. */
function openingOf(script: string): string {
  let end = 0;
  const skips = (form: RegExp): boolean => {
    form.lastIndex = end;
    const isThere = form.test(script);
    if (isThere) end = form.lastIndex;
    return isThere;
  };
  while (skips(BLANK));
  skips(DOCSTRING);
  while (skips(BLANK) || skips(FROM_FUTURE));
  return script.slice(0, end);
}

/** The script with these variables set before its first import, unless whoever runs it has set them. */
export function standaloneScript(script: string, conditions: Record<string, string>): string {
  const opening = openingOf(script);
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
