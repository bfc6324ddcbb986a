import { z } from "zod";
import { Direction } from "./candidate.ts";

const ColumnKind = z.enum(["number", "boolean", "category", "text", "date", "empty"]);

/** How a column writes numbers: in marks and units, as hours and minutes, or with words among them. */
const WrittenNumber = z.object({
  as: z.literal("number"),
  decimal: z.enum([".", ","]),
  /** Marks between groups of digits. */
  thousands: z.string(),
  /** What a number of each unit (in lower case; empty for none) is multiplied by. */
  units: z.record(z.string(), z.number()),
  /** What is kept as a category beside the number: units that cannot be converted, words in the place of numbers. */
  keeps: z.enum(["unit", "words"]).nullable(),
});
export type WrittenNumber = z.infer<typeof WrittenNumber>;

/** How a column writes days and moments. */
const WrittenDate = z.object({
  as: z.literal("date"),
  /** The marks after which, in `3/4/2024`, the day stands first where a cell leaves it open. */
  dayFirst: z.string(),
  /** The first of the hundred years that two digits may mean. */
  firstYear: z.number(),
  /** What a bare number counts; null where there are none. */
  counts: z
    .enum(["seconds", "milliseconds", "microseconds", "nanoseconds", "days", "digits"])
    .nullable(),
});
export type WrittenDate = z.infer<typeof WrittenDate>;

/** Yes and no in several spellings, in lower case. */
const WrittenFlag = z.object({
  as: z.literal("flag"),
  yes: z.array(z.string()),
  no: z.array(z.string()),
});

/** How a column's cells are to be read, decided once by the whole column. */
export const Reading = z.object({
  /** Null where cells say what stands there, gaps aside. */
  written: z.discriminatedUnion("as", [WrittenNumber, WrittenDate, WrittenFlag]).nullable(),
  /** Texts and numbers that stand for a missing value, beside those that pandas takes for one. */
  missing: z.array(z.string()),
  /** The same for people and models, with the evidence. */
  words: z.string(),
});
export type Reading = z.infer<typeof Reading>;

/** What the profile knows of one column, over the rows it read. */
export const Column = z.object({
  name: z.string(),
  kind: ColumnKind,
  /** Numbers without a fractional part throughout. */
  integer: z.boolean(),
  missing: z.number(),
  /** Distinct non-empty values, counted up to a cap. */
  distinct: z.number(),
  examples: z.array(z.string()),
  /** Of a number column; null otherwise. */
  min: z.number().nullable(),
  max: z.number().nullable(),
  /** Average length in characters of the non-empty values. */
  meanLength: z.number(),
  /** Absent where cells read as they stand. */
  reading: Reading.optional(),
});
export type Column = z.infer<typeof Column>;

/** One table of the task folder. */
export const Table = z.object({
  /** Path inside the task folder, and so below `./input/`. */
  path: z.string(),
  /** Of JSON records none where they stand in an array, and a line break where each has a line. */
  delimiter: z.string(),
  rows: z.number(),
  /** False when only the first part was read for the statistics. */
  complete: z.boolean(),
  columns: z.array(Column),
});
export type Table = z.infer<typeof Table>;

export const TargetKind = z.enum(["regression", "binary", "multiclass"]);
export type TargetKind = z.infer<typeof TargetKind>;

export const Target = z.object({
  name: z.string(),
  kind: TargetKind,
  /** Distinct values as text in sorted order for a class target; empty for regression. */
  classes: z.array(z.string()),
  /** Of two classes the one that a single probability speaks of; null for other targets. */
  positive: z.string().nullable().default(null),
});
export type Target = z.infer<typeof Target>;

export const Modality = z.enum(["tabular", "text", "image", "audio", "other"]);
export type Modality = z.infer<typeof Modality>;

/** A file or folder of the task folder that no script sees, and why. */
export const NotShown = z.object({ path: z.string(), reason: z.string() });
export type NotShown = z.infer<typeof NotShown>;

/** The form the submission must have, taken from the sample submission or else from the test table. */
export const SubmissionForm = z.object({
  /** The sample's path in the task folder; null when the task brings none. */
  sample: z.string().nullable(),
  columns: z.array(z.string()),
  idColumns: z.array(z.string()),
  rows: z.number(),
});
export type SubmissionForm = z.infer<typeof SubmissionForm>;

/** A task as every agent sees it: fixed once, before the first script. */
export const Task = z.object({
  name: z.string(),
  description: z.string(),
  /** Canonical name of `metric.ts`, a name of the task's own, or the path of a Python file in its folder; these two with their direction given. */
  metric: z.string(),
  direction: Direction,
  modality: Modality,
  /** Empty when the task has no table with its targets in columns. */
  targets: z.array(Target),
  /** Table with the labelled rows, and the one to predict; null when the data are not of that form. */
  train: Table.nullable(),
  test: Table.nullable(),
  otherTables: z.array(Table),
  submission: SubmissionForm,
  /** The data profile in words, capped in length, for prompts. */
  profile: z.string(),
  /** Wall-clock limit the task asks for itself. */
  timeLimitSeconds: z.number().nullable(),
});
export type Task = z.infer<typeof Task>;

/** A task whose metric, direction, target or modality could not be read and must still be asked for. */
export const TaskDraft = Task.extend({
  metric: z.string().nullable(),
  direction: Direction.nullable(),
  modality: Modality.nullable(),
});
export type TaskDraft = z.infer<typeof TaskDraft>;

/** What a script may count on: told to every agent that writes one. */
export const Workbench = z.object({
  pythonVersion: z.string(),
  packages: z.array(z.object({ name: z.string(), version: z.string() })),
  /** Modules that are installed as soon as a script imports them, where an index has them; absent where none are. */
  installable: z.array(z.string()).optional(),
  cpus: z.number(),
  memoryMb: z.number(),
  gpu: z.string().nullable(),
  /** Files of pretrained weights that scripts can read, with their sizes; absent where no folder of them was given. */
  weights: z.array(z.string()).optional(),
});
export type Workbench = z.infer<typeof Workbench>;
