import type { Corrections } from "../../src/core/corrections.ts";
import { SettingsError } from "../../src/core/errors.ts";
import type { NotShown, TaskDraft } from "../../src/core/task.ts";
import { checkCorrections } from "./check-corrections.ts";
import { type ColumnNotes, columnNotes } from "./column-notes.ts";
import { describeData } from "./describe-data.ts";
import { isTablePath } from "./file-roles.ts";
import { findModality } from "./find-modality.ts";
import { findTargets } from "./find-targets.ts";
import type { FolderFile } from "./list-folder.ts";
import type { ProfiledTable } from "./profile-table.ts";
import { readLabels } from "./read-labels.ts";
import { ownMetric, readMetric } from "./read-metric.ts";
import { readOthers, readRoles } from "./read-tables.ts";
import { submissionForm } from "./submission-form.ts";
import {
  isDescription,
  openTaskFolder,
  passedOver,
  readDescription,
  type TaskFolder,
} from "./task-folder.ts";
import { isTaskYaml, readTaskYaml, type TaskYaml, withFlags } from "./task-yaml.ts";
import { hasAnswers, holdsAnswers, SEEMS_ANSWERS } from "./withheld.ts";

/** A task as its folder tells it, and what of the folder scripts may see. */
export interface ReadTask {
  draft: TaskDraft;
  /** Absolute path of the task folder's data as they were given. */
  source: string;
  /** Absolute path of the folder the files are in: that, or one with tables in the place of files in foreign formats. */
  folder: string;
  /** What scripts may see, relative to the folder, sorted. */
  files: string[];
  /** What they may not: files that hold the answers, what is hidden, and what is no file. */
  withheld: NotShown[];
  /** Files that are links to elsewhere. */
  links: ReadonlySet<string>;
  /** What a person fixed, by flags or in `task.yaml`, as far as it is not in the draft: all of its columns are there. */
  corrections: Corrections;
  /** What speaks for the target, the ids, the metric and the positive class (null where there is none). */
  reasons: { target: string; id: string; metric: string; positive: string | null };
  /** What is to be told of a person's own metric. */
  ownMetric: string | null;
  /** What is to be told of the training table's columns. */
  notes: ColumnNotes;
}

export interface ReadOptions {
  corrections?: Corrections;
  isGlance?: boolean;
  /** Makes tables of what is in foreign formats; such files stay as they are without it. */
  convert?: (folder: TaskFolder, encoding: string | null) => Promise<TaskFolder>;
}

/** What a sentence about a file begins with whose tables could not be read. */
export const UNREAD = "cannot be read";
const IS_ANSWERS = "it has a value of the target for every row to predict";

/** Reads a task folder; what its description does not say stays null in the draft. At a glance, large tables are sampled. */
export async function readTask(
  given: string,
  { convert = async (folder) => folder, ...options }: ReadOptions = {},
): Promise<ReadTask> {
  const found = openTaskFolder(given);
  const yaml = await readTaskYaml(found.folder, found.files);
  const opened = await convert(found, yaml.encoding ?? null);
  try {
    return { ...(await readOpened(given, opened, yaml, options)), source: found.folder };
  } catch (error) {
    const unread = opened.passed.filter(({ reason }) => reason.startsWith(UNREAD));
    // What is missed may be in a file that could not be read.
    if (unread.length === 0 || !(error instanceof SettingsError)) throw error;
    throw new SettingsError(`${error.message}${passedOver(unread)}`, { cause: error });
  }
}

async function readOpened(
  given: string,
  opened: TaskFolder,
  yaml: TaskYaml,
  { corrections: flags = {}, isGlance = false }: ReadOptions,
): Promise<Omit<ReadTask, "source">> {
  const { folder } = opened;
  const description = await readDescription(opened);
  const fixed = withFlags(yaml, flags);
  const named = new Set([fixed.train, fixed.test, fixed.sample_submission]);
  const isVisible = ({ path }: FolderFile) => named.has(path) || !holdsAnswers(path);
  const visible = opened.files.filter(isVisible);
  const data = visible.filter(({ path }) => !isDescription(path) && !isTaskYaml(path));
  if (data.length === 0)
    throw new SettingsError(
      `the task folder ${given} has a description but no data; add train.csv, test.csv and sample_submission.csv${passedOver(opened.passed.filter(({ reason }) => !reason.startsWith(UNREAD)))}`,
    );
  const tables = data.map(({ path }) => path).filter(isTablePath);
  const reading = { folder, isGlance, drop: fixed.drop ?? [], dates: fixed.dates };
  const roles = await readRoles(reading, tables, fixed);
  const read = await readOthers(reading, tables, roles);
  const columns = await findTargets(roles, fixed, description);
  const submission = await submissionForm(roles, columns, folder, fixed);
  const isAnswers = ({ table }: ProfiledTable) => hasAnswers(table, columns.targets, submission);
  const others = read.others.filter((table) => !isAnswers(table));
  const answers = new Set(read.others.filter(isAnswers).map(({ file }) => file.name));
  const files = visible.filter(({ path }) => !answers.has(path));
  const shown = new Set(files);
  const { reason: metric, ...choice } = readMetric(description, fixed);
  const own = await ownMetric(choice.metric, { folder, files, fixed });
  const labels = await readLabels(roles, columns, { description, fixed, submission, ...choice });
  const targets = labels.map(({ target, values }) => ({ target, values }));
  const trainTable = roles.train?.table ?? null;
  const notes = await columnNotes({
    ...{ train: trainTable, test: roles.test?.table ?? null, file: roles.train?.file ?? null },
    ...{ targets: targets.map(({ target }) => target), submission, dropped: fixed.drop ?? [] },
  });
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
        files: files.filter(({ path }) => path !== choice.metric),
        metric: own,
        columns,
        targets,
        others,
      },
      notes: read.notes,
      noted: notes.noted,
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
    withheld: [
      ...opened.files.flatMap((file) =>
        shown.has(file)
          ? []
          : [{ path: file.path, reason: isVisible(file) ? IS_ANSWERS : SEEMS_ANSWERS }],
      ),
      ...opened.passed,
    ],
    links: opened.links,
    corrections,
    reasons: { ...columns.reasons, metric, positive: labels[0]?.reason ?? null },
    ownMetric: own,
    notes,
  };
}
