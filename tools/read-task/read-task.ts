import { SettingsError } from "../../src/core/errors.ts";
import type { TaskDraft } from "../../src/core/task.ts";
import { describeData } from "./describe-data.ts";
import { isTablePath } from "./file-roles.ts";
import { findModality } from "./find-modality.ts";
import { findTargets } from "./find-targets.ts";
import { profileColumns } from "./profile-table.ts";
import { readMetric } from "./read-metric.ts";
import { readOthers, readRoles } from "./read-tables.ts";
import { submissionForm } from "./submission-form.ts";
import { targetOf } from "./target-of.ts";
import { isDescription, openTaskFolder, readDescription } from "./task-folder.ts";
import { isTaskYaml, readTaskYaml } from "./task-yaml.ts";
import { hasAnswers, holdsAnswers } from "./withheld.ts";

/** A task as its folder tells it, and what of the folder scripts may see. */
export interface ReadTask {
  draft: TaskDraft;
  /** Absolute path of the folder the files are in. */
  folder: string;
  /** What scripts may see, relative to the folder, sorted. */
  files: string[];
  /** What they may not: files that hold the answers. */
  withheld: string[];
}

/** Reads a task folder; what its description does not say stays null in the draft. */
export async function readTask(given: string): Promise<ReadTask> {
  const opened = openTaskFolder(given);
  const { folder } = opened;
  const description = await readDescription(opened);
  const fixed = await readTaskYaml(folder, opened.files);
  const named = new Set([fixed.train, fixed.test, fixed.sample_submission]);
  const hidden = opened.files.filter(({ path }) => holdsAnswers(path) && !named.has(path));
  const visible = opened.files.filter((file) => !hidden.includes(file));
  const data = visible.filter(({ path }) => !isDescription(path) && !isTaskYaml(path));
  if (data.length === 0)
    throw new SettingsError(
      `the task folder ${given} has a description but no data; add train.csv, test.csv and sample_submission.csv`,
    );
  const tables = data.map(({ path }) => path).filter(isTablePath);
  const roles = await readRoles(folder, tables, fixed);
  const read = await readOthers(folder, tables, roles);
  const columns = await findTargets(roles, fixed, description);
  const submission = await submissionForm(roles, columns, folder);
  const answers = read.others
    .filter(({ table }) => hasAnswers(table, columns.targets, submission))
    .map(({ file }) => file.name);
  const others = read.others.filter(({ file }) => !answers.includes(file.name));
  const files = visible.filter(({ path }) => !answers.includes(path));
  const choice = readMetric(description, fixed);
  const labels = roles.train ? await profileColumns(roles.train.file, columns.targets) : [];
  const empty = labels.find(({ filled }) => filled === 0);
  if (empty !== undefined)
    throw new SettingsError(
      `the target "${empty.name}" has no values in ${roles.train?.file.name}; fill them in or name another target in task.yaml`,
    );
  const targets = labels.map((values) => ({ target: targetOf(values, choice.metric), values }));
  const explained = [...columns.targets, ...columns.ids];
  const draft: TaskDraft = {
    name: fixed.name ?? opened.name,
    description,
    ...choice,
    modality: fixed.modality ?? findModality(files, roles.train?.table ?? null, explained),
    targets: targets.map(({ target }) => target),
    train: roles.train?.table ?? null,
    test: roles.test?.table ?? null,
    otherTables: others.map(({ table }) => table),
    submission,
    profile: describeData({ ...roles, files, columns, targets, others, notes: read.notes }),
    timeLimitSeconds: fixed.time_limit ?? null,
  };
  const withheld = [...hidden.map(({ path }) => path), ...answers].toSorted();
  return { draft, folder, files: files.map(({ path }) => path), withheld };
}
