import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { completeTask } from "../../../src/core/complete-task.ts";
import type { Ground } from "../../../src/core/ground.ts";
import type { Common } from "../../../src/core/questions.ts";
import { Settings } from "../../../src/core/settings.ts";
import { readTask } from "../../../tools/read-task/read-task.ts";

/** One row of made-up data: what it holds depends on the row's number only. */
export type Row = Record<string, string | number>;

interface TinyTask {
  metric: string;
  /** Columns of both tables, the identifier aside. */
  features: (row: number) => Row;
  targets: (row: number) => Row;
  /** Columns of the sample beside `id`; the targets unless told otherwise. */
  sampleColumns?: readonly string[];
  /** Tables beside train and test, by path. */
  others?: Record<string, readonly Row[]>;
  rows?: number;
}

export interface TaskFolder extends Common {
  folder: string;
}

/** Numbers between 0 and 1 that look random and are the same every time. */
export function noise(row: number, salt = 0): number {
  const value = Math.sin(row * 12.9898 + salt * 78.233) * 43758.5453;
  return value - Math.floor(value);
}

/** Writes a small task folder and reads it back as the program would. */
export async function tinyTask(tiny: TinyTask): Promise<TaskFolder> {
  const folder = await mkdtemp(join(tmpdir(), "tiny-task-"));
  const { metric, features, targets, sampleColumns, others = {}, rows = 120 } = tiny;
  const numbers = Array.from({ length: rows + 30 }, (_, at) => at);
  const train = numbers.slice(0, rows).map((id) => ({ id, ...features(id), ...targets(id) }));
  const test = numbers.slice(rows).map((id) => ({ id, ...features(id) }));
  const answered = sampleColumns ?? Object.keys(targets(0));
  const blank = Object.fromEntries(answered.map((name) => [name, 0]));
  await writeFile(join(folder, "task.yaml"), `metric: ${metric}\n`);
  await writeFile(join(folder, "description.md"), "Predict what the sample submission asks for.\n");
  const tables = {
    "train.csv": train,
    "test.csv": test,
    "sample_submission.csv": test.map(({ id }) => ({ id, ...blank })),
    ...others,
  };
  for (const [name, table] of Object.entries(tables))
    await writeFile(join(folder, name), csv(table));
  return taskIn(folder);
}

/** A task folder as the engineer is told of it. */
export async function taskIn(folder: string): Promise<TaskFolder> {
  const { draft } = await readTask(folder);
  const task = completeTask(draft);
  if (task === null) throw new Error(`the tiny task in ${folder} is incomplete`);
  return { ...surroundings, findings: null, notebook: null, task, folder };
}

/** The same as a script of a measured run sees it: every row but the first is held out in one of the folds, the last rows first. */
export async function tinyView(tiny: TinyTask, folds = 3): Promise<TaskFolder> {
  const made = await tinyTask(tiny);
  const { folder, task } = made;
  const { targets, sampleColumns, rows = 120 } = tiny;
  const held = Array.from({ length: rows - 1 }, (_, at) => rows - 1 - at);
  const answered = sampleColumns ?? Object.keys(targets(0));
  const classes = task.targets.length === 1 ? (task.targets[0]?.classes ?? []) : [];
  const tables = {
    "folds.csv": held.map((row) => ({ unit: row, row, fold: row % folds })),
    "validation_sample.csv": held.map((id) => ({
      id,
      ...Object.fromEntries(answered.map((name) => [name, 0])),
    })),
    ...(classes.length > 0 ? { "classes.csv": classes.map((name) => ({ class: name })) } : {}),
  };
  for (const [name, table] of Object.entries(tables))
    await writeFile(join(folder, name), csv(table));
  const ground: Ground = {
    ...{ mode: "folds", reason: "", noun: "row", predicts: "numbers", folds },
    units: { train: rows, validation: held.length, holdout: 0, test: 30 },
    split: { kind: "random", by: null, evidence: "" },
    ...{ columns: [...answered], classes, positive: null, apart: null, leftOut: [], seen: null },
  };
  return { ...made, ground };
}

/** Prices of places: one number beside a latitude and a longitude. */
export const tinyHouses = () =>
  tinyView({
    metric: "rmse",
    features: (row) => ({
      size: noise(row),
      latitude: 40 + noise(row, 1),
      longitude: noise(row, 2),
    }),
    targets: (row) => ({ price: Math.round(100 * noise(row)) / 10 }),
  });

/** What every question says of the machine and the limits, and where it is asked. */
const surroundings = {
  at: "track-1/model-1",
  ground: null,
  workbench: { pythonVersion: "3.11", packages: [], cpus: 1, memoryMb: 2000, gpu: null },
  settings: Settings.parse({ scriptSeconds: 60, tracks: 2 }),
};

const csv = (rows: readonly Row[]): string => {
  const columns = Object.keys(rows[0] ?? {});
  const cell = (value: string | number | undefined) =>
    typeof value === "string" && /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  return `${[columns.map(cell), ...rows.map((row) => columns.map((name) => cell(row[name])))].map((cells) => cells.join(",")).join("\n")}\n`;
};
