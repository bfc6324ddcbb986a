import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { SettingsError } from "../../src/core/errors.ts";
import { type Listed, listFolder } from "./list-folder.ts";
import { inFewLines } from "./withheld.ts";

/** Where a task's files are, before anything of them is understood. */
export interface TaskFolder extends Listed {
  name: string;
  /** Absolute path of the folder with the data: for MLE-bench its `prepared/public`. */
  folder: string;
}

const MOST_TEXT_BYTES = 2 ** 20;

const DESCRIPTIONS = [
  "description.md",
  "task.md",
  "task_description.md",
  "task_description.txt",
  "readme.md",
];

/** Finds the data folder and lists its files, sorted by path; what is hidden or no file is passed over. */
export function openTaskFolder(given: string): TaskFolder {
  const outer = resolve(given);
  if (!existsSync(outer))
    throw new SettingsError(
      `the task folder ${given} does not exist; give a folder with a description and data`,
    );
  if (!isFolder(outer))
    throw new SettingsError(`${given} is a file; give the folder with a description and data`);
  try {
    const folder = dataFolder(outer);
    return { name: taskName(outer), folder, ...listFolder(folder) };
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw new SettingsError(`the task folder ${given} cannot be read (${cause.message})`, {
      cause,
    });
  }
}

/** Text of the first description there is, by order of preference. */
export async function readDescription({ folder, files, passed }: TaskFolder): Promise<string> {
  const [{ path, bytes } = {}] = files
    .filter((file) => isDescription(file.path))
    .toSorted((a, b) => rankOf(a.path) - rankOf(b.path));
  if (path === undefined || bytes === undefined)
    throw new SettingsError(
      `the task folder ${folder} has no description; write what to predict and the metric into its task.md${passedOver(passed)}`,
    );
  refuseLong(path, bytes);
  const text = await readFile(join(folder, path), "utf8");
  if (text.trim() === "")
    throw new SettingsError(
      `${path} in ${folder} is empty; write what to predict and the metric into it`,
    );
  return text.replace(/^\uFEFF/, "");
}

/** What a person writes for people is not as long; each agent is told of it. */
export function refuseLong(path: string, bytes: number): void {
  if (bytes > MOST_TEXT_BYTES)
    throw new SettingsError(
      `${path} has ${Math.round(bytes / 2 ** 20)} MB, and no description or settings are as long; keep data in files of their own`,
    );
}

const rankOf = (path: string): number => DESCRIPTIONS.indexOf(path.toLowerCase());

export const isDescription = (path: string): boolean => rankOf(path) !== -1;

/** MLE-bench keeps a task's data below it, in a folder that has a private twin. */
function dataFolder(outer: string): string {
  const prepared = join(outer, "prepared", "public");
  if (isFolder(prepared)) return prepared;
  const inner = join(outer, "public");
  return isFolder(join(outer, "private")) && isFolder(inner) ? inner : outer;
}

/** MLE-bench calls every data folder `prepared/public`: the task's name stands above. */
function taskName(folder: string): string {
  const name = basename(folder);
  return name === "public" || name === "prepared" ? taskName(dirname(folder)) : name;
}

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** What was not looked at, as the end of a sentence: it may be what is missed. */
export const passedOver = (passed: Listed["passed"]): string =>
  passed.length === 0
    ? ""
    : ` (passed over: ${inFewLines(passed)
        .slice(0, 5)
        .map(({ path, reason }) => `${path}, ${reason}`)
        .join("; ")})`;
