import { readdirSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { openTaskFolder } from "../../tools/read-task/task-folder.ts";
import { SettingsError } from "../core/errors.ts";
import { type Answers, answersOf } from "./answers.ts";

/** A task of a benchmark. */
export interface BenchTask {
  name: string;
  folder: string;
  /** Null where nobody has them: its runs are told without a hidden score. */
  answers: Answers | null;
}

/** Every folder in this one is a task, but for the one that holds the answers; refused where a run could read its own. */
export function tasksIn(folder: string, answersFolder: string | null): BenchTask[] {
  if (!isFolder(folder))
    throw new SettingsError(`the folder of tasks ${folder} does not exist; give one that does`);
  if (answersFolder !== null && !isFolder(answersFolder))
    throw new SettingsError(`--answers ${answersFolder}: there is no such folder`);
  const names = readdirSync(folder)
    .filter((name) => !name.startsWith(".") && isFolder(join(folder, name)))
    .filter((name) => answersFolder === null || !isWithin(answersFolder, join(folder, name)))
    .toSorted();
  const clash = names.find(
    (name, index) => names.findIndex((one) => slug(one) === slug(name)) < index,
  );
  if (names.length === 0 || clash !== undefined)
    throw new SettingsError(
      clash === undefined
        ? `the folder of tasks ${folder} holds no folder; each of its folders is to be a task`
        : `the folder of tasks ${folder} has "${clash}" and another of nearly that name; rename one`,
    );
  return names.map((name) => {
    const task = { name, folder: join(resolve(folder), name) };
    const answers = answersFolder === null ? null : answersOf(answersFolder, name);
    if (answers !== null && isWithin(answers.file, openTaskFolder(task.folder).folder))
      throw new SettingsError(
        `--answers: ${answers.file} lies in the folder of its task, where runs would see it; keep it elsewhere`,
      );
    return { ...task, answers };
  });
}

/** A task's name as a part of the names of runs. */
export const slug = (name: string): string =>
  name.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "");

const isFolder = (path: string) =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

const isWithin = (path: string, folder: string) => {
  const way = relative(resolve(folder), resolve(path));
  return way === "" || !(way === ".." || way.startsWith(`..${sep}`));
};
