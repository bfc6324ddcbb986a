import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { SettingsError } from "../../src/core/errors.ts";

export interface FolderFile {
  /** Path inside the folder, with slashes. */
  path: string;
  bytes: number;
}

/** Where a task's files are, before anything of them is understood. */
export interface TaskFolder {
  name: string;
  /** Absolute path of the folder with the data: for MLE-bench its `prepared/public`. */
  folder: string;
  files: FolderFile[];
}

const DESCRIPTIONS = [
  "description.md",
  "task.md",
  "task_description.md",
  "task_description.txt",
  "readme.md",
];
const IGNORED = new Set(["__pycache__", "node_modules", "__MACOSX"]);

/** Finds the data folder and lists its files, sorted by path; hidden ones do not count. */
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
    const files = listFiles(folder).toSorted((a, b) => (a.path < b.path ? -1 : 1));
    return { name: taskName(outer), folder, files };
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw new SettingsError(`the task folder ${given} cannot be read (${cause.message})`, {
      cause,
    });
  }
}

/** Text of the first description there is, by order of preference. */
export async function readDescription({ folder, files }: TaskFolder): Promise<string> {
  const [path] = files
    .map((file) => file.path)
    .filter(isDescription)
    .toSorted((a, b) => rankOf(a) - rankOf(b));
  if (path === undefined)
    throw new SettingsError(
      `the task folder ${folder} has no description; write what to predict and the metric into its task.md`,
    );
  const text = await readFile(join(folder, path), "utf8");
  if (text.trim() === "")
    throw new SettingsError(
      `${path} in ${folder} is empty; write what to predict and the metric into it`,
    );
  return text.replace(/^\uFEFF/, "");
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

/** The files below a folder, links followed, but never in a circle. */
function listFiles(folder: string, below = "", walked = new Set<string>()): FolderFile[] {
  const here = realpathSync(join(folder, below));
  if (walked.has(here)) return [];
  walked.add(here);
  const names = readdirSync(here).filter((name) => !name.startsWith(".") && !IGNORED.has(name));
  return names.flatMap((name) => {
    const path = below === "" ? name : `${below}/${name}`;
    const found = statSync(join(folder, path));
    if (found.isDirectory()) return listFiles(folder, path, walked);
    return found.isFile() ? [{ path, bytes: found.size }] : [];
  });
}
