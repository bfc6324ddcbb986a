import { z } from "zod";
import { Task } from "./task.ts";

/** How test units relate to those of train, and so how validation units are drawn. */
export const SplitKind = z.enum(["random", "stratified", "group", "time", "stretches"]);
export type SplitKind = z.infer<typeof SplitKind>;

/** What a line of the submission predicts. */
export const Predicts = z.enum(["numbers", "probabilities", "labels", "texts"]);

/** The split that scores are measured on, with what speaks for it. */
export const Split = z.object({
  kind: SplitKind,
  /** The column, or piece of an id or path, that units are grouped or ordered by; null where none is. */
  by: z.string().nullable(),
  /** One sentence with figures. */
  evidence: z.string(),
});
export type Split = z.infer<typeof Split>;

/** What differs of a task in what scripts of the search find: the hold-out stands in the test table. */
export const SeenTask = Task.pick({
  train: true,
  test: true,
  otherTables: true,
  submission: true,
  profile: true,
});
export type SeenTask = z.infer<typeof SeenTask>;

/** What a run's scores stand on: who owns split and truth, and how far. Fixed once, before the first script. */
export const Ground = z.object({
  /** `holdout`: folds and a hold-out; `folds`: folds only; `claims`: scores are what scripts print. */
  mode: z.enum(["holdout", "folds", "claims"]),
  /** Why there is no more than that, in a sentence; empty where there is all. */
  reason: z.string(),
  /** What one is asked about: `row`, `image`, `sentence`. */
  noun: z.string(),
  /** `train` counts all that scripts may learn from, those for validation among them; `test` what is asked for. */
  units: z.object({
    train: z.number(),
    validation: z.number(),
    holdout: z.number(),
    test: z.number(),
  }),
  split: Split,
  /** How many folds there are; 0 for claims. */
  folds: z.number(),
  /** `labels` come from scores where a script leaves them. */
  predicts: Predicts,
  /** Columns of the submission that hold predictions, in its order. */
  columns: z.array(z.string()),
  /** The classes in the order of score arrays (that of Python's `sorted`); empty for numbers and texts, or several targets. */
  classes: z.array(z.string()),
  /** The class whose probability is asked for in a single column; null elsewhere. */
  positive: z.string().nullable(),
  /** How well test can be told from train: an AUC, and the columns that tell most; null where that cannot be said. */
  apart: z
    .object({
      auc: z.number(),
      columns: z.array(z.object({ name: z.string(), auc: z.number() })),
    })
    .nullable()
    .default(null),
  /** What scripts do not see in the search, and why. */
  leftOut: z.array(z.object({ path: z.string(), reason: z.string() })),
  /** The task as scripts of the search find it; null where that is how it was given. */
  seen: SeenTask.nullable().default(null),
});
export type Ground = z.infer<typeof Ground>;

/** Whether the program measures: it owns split and truth. */
export const isMeasured = (ground: Ground | null): ground is Ground =>
  ground !== null && ground.mode !== "claims";
