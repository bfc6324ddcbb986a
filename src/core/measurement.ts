import { z } from "zod";
import { SubmissionCheck } from "./candidate.ts";

/** A difference of two scores on the same units; positive is better in either direction. */
export const Difference = z.object({
  gain: z.number(),
  /** Its standard error, by a paired bootstrap over units. */
  error: z.number(),
});
export type Difference = z.infer<typeof Difference>;

/** A score that the program measured on units whose truth the script never saw, in the task's metric. */
export const Measurement = z.object({
  score: z.number(),
  /** Standard error, by a bootstrap over units. */
  error: z.number(),
  /** Of 95 %, right near the ends of the metric too. */
  interval: z.tuple([z.number(), z.number()]),
  /** The score on each fold alone; null where it has none there (a class is missing). */
  folds: z.array(z.number().nullable()),
});
export type Measurement = z.infer<typeof Measurement>;

/** One set of predictions that can be blended: an attempt's own, or those of a model that it left apart. */
export const Member = z.object({
  /** The attempt that left it. */
  runId: z.string(),
  /** Empty for the attempt's own predictions. */
  name: z.string(),
});
export type Member = z.infer<typeof Member>;

/** What holding an attempt's predictions against the truth came to. */
export const Measured = z.object({
  /** What is wrong with the predictions, for whoever mends the script; null when they could be scored. */
  problem: z.string().nullable(),
  measurement: Measurement.nullable(),
  /** Against the attempt that it was made from; null where there is none, or that was not measured. */
  gain: Difference.nullable(),
  members: z.array(z.object({ name: z.string(), score: z.number() })),
  /** Sentences on predictions that were left and cannot be blended. */
  notes: z.array(z.string()).default([]),
});
export type Measured = z.infer<typeof Measured>;

/** What the best predictions so far get most wrong, and how alike members predict. */
export const Insight = z.object({
  /** A line each, of the data; null where lines cannot be told apart. */
  worst: z.string().nullable(),
  /** Correlations on the validation lines: for labels of errors, else of ranks. */
  alike: z.array(z.object({ members: z.array(Member), correlation: z.number() })),
});
export type Insight = z.infer<typeof Insight>;

/** What the predictions of a run's best are like, for people. */
export const Explained = z.object({
  /** The score of one answer for all; null where that is no answer. */
  baseline: z.number().nullable(),
  /** Lines that are clearly worse told than others: `times` is their mean loss over that of all. */
  groups: z.array(
    z.object({ column: z.string(), group: z.string(), lines: z.number(), times: z.number() }),
  ),
  /**
   * The columns that they go by: a tree model that learned from the table to say what they say is `likeness` right on other
   * lines (R², or where `isShare` the share of equal classes), and `drop` less where the column is shuffled.
   */
  goesBy: z
    .object({
      likeness: z.number(),
      isShare: z.boolean(),
      columns: z.array(z.object({ column: z.string(), drop: z.number() })),
    })
    .nullable(),
  /** What a plain tree model scores that learned from so many rows of the table; empty where there is none. */
  curve: z.array(z.object({ rows: z.number(), score: z.number() })),
  /** Shares of missing cells, of columns that have any; null where the table has no such column. */
  missing: z.array(
    z.object({ column: z.string(), train: z.number().nullable(), test: z.number().nullable() }),
  ),
});
export type Explained = z.infer<typeof Explained>;

/** The members of a run joined by weights, without training: its score comes from weights that never saw the rows they are scored on. */
export const Blend = z.object({
  /** Where its predictions lie, as an attempt's do. */
  runId: z.string(),
  members: z.array(Member.extend({ weight: z.number() })),
  /** Null when no blend is better than the best of its members. */
  measurement: Measurement.nullable(),
  /** Over the best single member. */
  gain: Difference.nullable(),
  submission: SubmissionCheck.nullable(),
  insight: Insight.nullable().optional(),
  seconds: z.number(),
  /** Why joining them failed; absent where it did not. */
  problem: z.string().nullish(),
});
export type Blend = z.infer<typeof Blend>;

/** A sign that an attempt's score may be false; no number of the hold-out stands in it. */
export const Alarm = z.object({
  kind: z.enum(["claim", "look", "gap", "permuted"]),
  sentence: z.string(),
  /** Whether that alone is proof: the attempt does not count. */
  withdraws: z.boolean(),
});
export type Alarm = z.infer<typeof Alarm>;

/** On what a run's reported score was measured: units that decided nothing, or those that chose the best, too. */
export const MeasuredBy = z.enum(["hold-out", "validation"]);
export type MeasuredBy = z.infer<typeof MeasuredBy>;
