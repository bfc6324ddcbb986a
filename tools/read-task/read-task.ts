import type { Corrections } from "../../src/core/corrections.ts";
import { SettingsError } from "../../src/core/errors.ts";
import type { TaskDraft } from "../../src/core/task.ts";
import { checkCorrections } from "./check-corrections.ts";
import { describeData } from "./describe-data.ts";
import { isTablePath } from "./file-roles.ts";
import { findModality } from "./find-modality.ts";
import { findTargets } from "./find-targets.ts";
import { plainName } from "./packed-table.ts";
import { readLabels } from "./read-labels.ts";
import { readMetric } from "./read-metric.ts";
import { readOthers, readRoles } from "./read-tables.ts";
import { submissionForm } from "./submission-form.ts";
import { type FolderFile, isDescription, openTaskFolder, readDescription } from "./task-folder.ts";
import { isTaskYaml, readTaskYaml, withFlags } from "./task-yaml.ts";
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
  /** What a person fixed, by flags or in `task.yaml`, as far as it is not in the draft: all of its columns are there. */
  corrections: Corrections;
  /** What speaks for the target, the ids, the metric and the positive class (null where there is none). */
  reasons: { target: string; id: string; metric: string; positive: string | null };
}

/** Reads a task folder; what its description does not say stays null in the draft. At a glance, large tables are sampled. */
export async function readTask(
  given: string,
  {
    corrections: flags = {},
    isGlance = false,
  }: { corrections?: Corrections; isGlance?: boolean } = {},
): Promise<ReadTask> {
  const opened = openTaskFolder(given);
  const { folder } = opened;
  const description = await readDescription(opened);
  const fixed = withFlags(await readTaskYaml(folder, opened.files), flags);
  const named = new Set([fixed.train, fixed.test, fixed.sample_submission]);
  const hidden = opened.files.filter(({ path }) => holdsAnswers(path) && !named.has(path));
  const visible = opened.files.filter((file) => !hidden.includes(file));
  const data = visible.filter(({ path }) => !isDescription(path) && !isTaskYaml(path));
  if (data.length === 0)
    throw new SettingsError(
      `the task folder ${given} has a description but no data; add train.csv, test.csv and sample_submission.csv`,
    );
  const tables = data
    .map(({ path }) => path)
    .filter((path) => isTablePath(plainName(folder, path)));
  const reading = { folder, isGlance, drop: fixed.drop ?? [] };
  const roles = await readRoles(reading, tables, fixed);
  const read = await readOthers(reading, tables, roles);
  const columns = await findTargets(roles, fixed, description);
  const submission = await submissionForm(roles, columns, folder, fixed);
  const answers = read.others
    .filter(({ table }) => hasAnswers(table, columns.targets, submission))
    .map(({ file }) => file.name);
  const others = read.others.filter(({ file }) => !answers.includes(file.name));
  const plain = ({ path }: FolderFile) => plainName(folder, path);
  const files = visible.filter((file) => !answers.includes(plain(file)));
  const { reason: metric, ...choice } = readMetric(description, fixed);
  const labels = await readLabels(roles, columns, { description, fixed, submission, ...choice });
  const targets = labels.map(({ target, values }) => ({ target, values }));
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
    profile: describeData({
      ...{
        ...roles,
        files: files.map((file) => ({ ...file, path: plain(file) })),
        columns,
        targets,
        others,
      },
      notes: read.notes,
    }),
    timeLimitSeconds: fixed.time_limit ?? null,
  };
  const { corrections } = fixed;
  const { train, test, sample } = roles;
  checkCorrections(
    fixed,
    draft,
    [train, test, sample, ...read.others].flatMap((table) => table?.file ?? []),
  );
  return {
    draft,
    folder,
    files: files.map(({ path }) => path),
    withheld: opened.files.flatMap((file) => (files.includes(file) ? [] : file.path)),
    corrections,
    reasons: { ...columns.reasons, metric, positive: labels[0]?.reason ?? null },
  };
}
