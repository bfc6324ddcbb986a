import { isOwnMetric } from "../../../core/metric.ts";
import { Place } from "../../../core/place.ts";
import { type Common, isBlended } from "../../../core/questions.ts";
import type { Column, Target, TargetKind, Task } from "../../../core/task.ts";
import type { NotebookEntry } from "../../../core/tried-plan.ts";
import { explaining, isWritten, readName } from "./as-read.ts";
import { type Media, mediaOf } from "./media.ts";
import { isRegressionMetric } from "./metrics.ts";

/** What the rules need to know of a task, derived once from its profile. */
export interface Facts {
  task: Task;
  targets: readonly Target[];
  /** The kind of the targets: `multiclass` when some have two classes and some have more. */
  kind: TargetKind;
  /** Columns that both tables have and that may explain the target, by what they hold. */
  numbers: readonly Column[];
  categories: readonly Column[];
  texts: readonly Column[];
  dates: readonly Column[];
  place: { latitude: string; longitude: string } | null;
  /** Columns whose cells hold JSON. */
  records: readonly Column[];
  /** The date column of numbers that go on after those known; null for other tasks. */
  series: string | null;
  /** What files the rows speak of; null where the tables are all there is. */
  media: Media | null;
  /** Columns of plain numbers that only the training table has, the targets aside. */
  trainOnly: readonly string[];
  /** Many numeric columns on one scale, such as pixels or spectra. */
  homogeneous: boolean;
  /** Training rows as a script sees them while searching. */
  rows: number;
  /** Parts that are held out in turn. */
  folds: number;
  /** Time limit of one script; how large models are made follows from it. */
  scriptSeconds: number;
  installed: ReadonlySet<string>;
  /** Whether predictions are saved and blended, so that a script need only train what is new. */
  blended: boolean;
  /** Every script of the run so far; null in the paper's way, which looks back on nothing. */
  past: readonly NotebookEntry[] | null;
  seed: number;
  /** Who asks: models of each track's initial solutions, the number of tracks, the track from 1, and whether its fixed steps are done. */
  turn: { models: number; tracks: number; track: number; isLap: boolean };
}

/** Derives the facts; a task without both tables has none of the columns. */
export function factsOf(input: Common): Facts {
  const { at, settings, workbench } = input;
  const task = { ...input.task, metric: computable(input) };
  const targets = task.targets.map((target) => ({ ...target, kind: kindFor(task, target) }));
  const media = mediaOf(task);
  const shared = sharedColumns(task)
    .filter(({ name }) => !media?.named.includes(name))
    .flatMap((column) => (isRecord(column) ? [] : explaining(column, task.submission.idColumns)));
  const numbers = shared.filter(({ kind }) => kind === "number");
  const place = placeOf(numbers);
  const multiclass = targets.find(({ kind }) => kind === "multiclass");
  return {
    task,
    targets,
    kind: (multiclass ?? targets[0])?.kind ?? "regression",
    numbers,
    categories: shared.filter(({ kind }) => kind === "category" || kind === "boolean"),
    texts: shared.filter(({ kind }) => kind === "text"),
    dates: shared.filter(({ kind }) => kind === "date"),
    place,
    records: sharedColumns(task).filter(isRecord),
    series: seriesOf(shared, targets, input.ground),
    media,
    trainOnly: trainOnlyNumbers(task),
    homogeneous: isHomogeneous(numbers),
    rows: Math.min(task.train?.rows ?? 0, settings.maxTrainRows),
    folds: input.ground?.folds || 5,
    scriptSeconds: settings.scriptSeconds,
    installed: new Set(workbench.packages.map(({ name }) => name.toLowerCase())),
    blended: isBlended(input),
    past: input.notebook?.entries ?? null,
    seed: settings.seed,
    turn: {
      models: settings.models,
      tracks: settings.tracks,
      track: Place.parse(at).numbers["track"] ?? 1,
      isLap: Place.parse(at).numbers["lap"] !== undefined,
    },
  };
}

/** The task's metric, or what goes best with it where it is a person's own: the direction stays that of the task. */
function computable({ task: { metric, targets }, ground }: Common): string {
  if (!isOwnMetric(metric)) return metric;
  const isNumber = targets.every(({ kind }) => kind === "regression");
  const predicts = ground?.predicts ?? (isNumber ? "numbers" : "labels");
  return predicts === "numbers" ? "rmse" : predicts === "probabilities" ? "log_loss" : "accuracy";
}

/** Numeric classes under a metric of numbers are learnt as numbers, numbers under a metric of classes as classes. */
function kindFor({ metric }: Task, { kind }: Target): TargetKind {
  if (isRegressionMetric(metric)) return "regression";
  return kind === "regression" ? "multiclass" : kind;
}

/** Whether all labels are numbers, which the scripts then read as numbers. */
export const hasNumericClasses = (classes: readonly string[]): boolean =>
  classes.every((name) => name.trim() !== "" && Number.isFinite(+name));

/** Columns that both tables have and that may explain the target. */
export function sharedColumns({
  train,
  test,
  targets,
  submission,
}: Pick<Task, "train" | "test" | "targets" | "submission">): Column[] {
  const inTest = new Set(test?.columns.map(({ name }) => name));
  const isTarget = new Set(targets.map(({ name }) => name));
  const isId = new Set(submission.idColumns);
  return (train?.columns ?? []).filter(
    (column) =>
      inTest.has(column.name) &&
      !isTarget.has(column.name) &&
      column.kind !== "empty" &&
      column.distinct > 1 &&
      (column.kind === "date" || !(isId.has(column.name) || isRowNumber(column, train?.rows ?? 0))),
  );
}

const isRowNumber = ({ name, kind, integer, distinct }: Column, rows: number): boolean =>
  /^(.*_)?(id|index|unnamed: 0)$|^$/i.test(name) &&
  distinct >= rows &&
  (kind === "category" || kind === "text" || integer);

const isRecord = ({ examples }: Column): boolean =>
  examples.length > 0 && examples.every((cell) => /^(?:\{ *"|\[ *[[{"\d\]-])/.test(cell));

const seriesOf = (
  shared: readonly Column[],
  targets: readonly Target[],
  ground: Common["ground"],
): string | null => {
  const by = ground?.split.by ?? "";
  const isBy = (name: string) => name === by || name === readName(by);
  return ground?.split.kind === "time" && targets.every(({ kind }) => kind === "regression")
    ? (shared.find(({ name, kind }) => kind === "date" && isBy(name))?.name ?? null)
    : null;
};

function placeOf(numbers: readonly Column[]): Facts["place"] {
  const named = (pattern: RegExp, limit: number) =>
    numbers.find(
      ({ name, min, max }) =>
        pattern.test(name) && (min ?? -Infinity) >= -limit && (max ?? Infinity) <= limit,
    )?.name;
  const latitude = named(/(^|_|\b)lat(itude)?(_|\b|$)/i, 90);
  const longitude = named(/(^|_|\b)(lon|lng|long|longitude)(_|\b|$)/i, 180);
  return latitude && longitude ? { latitude, longitude } : null;
}

/** Whether the environment has the package; where nothing is known of the environment, it may. */
export const isInstalled = ({ installed }: Facts, name: string): boolean =>
  installed.size === 0 || installed.has(name) || installed.has(`${name}-cpu`);

function trainOnlyNumbers({ train, test, targets }: Task): string[] {
  const known = new Set([...(test?.columns ?? []), ...targets].map(({ name }) => name));
  return (train?.columns ?? [])
    .filter((column) => column.kind === "number" && !isWritten(column) && !known.has(column.name))
    .map(({ name }) => name);
}

function isHomogeneous(numbers: readonly Column[]): boolean {
  const tops = numbers.map(({ max }) => max ?? 0).toSorted((a, b) => b - a);
  const [top = 0, middle = 0] = [tops[0], tops[Math.floor((tops.length - 1) / 2)]];
  const spread = top - Math.min(...numbers.map(({ min }) => min ?? 0));
  return numbers.length >= 16 && spread > 0 && (top - middle) / spread < 0.25;
}
