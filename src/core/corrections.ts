import { z } from "zod";
import { Direction } from "./candidate.ts";
import { Predicts, SplitKind } from "./ground.ts";
import { Settings } from "./settings.ts";

const Name = z.string().trim().min(1, "it is a name");
const Names = z.array(Name).min(1);

const BY_COLUMN = SplitKind.extract(["group", "time", "stretches"]);

/** A split as a person wants it; written `group:patient`. */
export const WantedSplit = z.preprocess(
  (given) => {
    const [, kind, by = null] = /^(\w+)(?::(.+))?$/.exec(String(given)) ?? [];
    return typeof given === "string" ? { kind, by } : given;
  },
  z.union(
    [
      z.object({ kind: SplitKind.exclude(BY_COLUMN.options), by: z.null() }),
      z.object({ kind: BY_COLUMN, by: z.string() }),
    ],
    "it is random, stratified, group:<column>, time:<column> or stretches:<column>",
  ),
);

/** What a person puts right about what is understood of a task; what is left out is inferred. */
export const Corrections = z.object({
  target: Names.optional(),
  /** A name that is known, or a Python file of the task folder with `score(truth, prediction)`. */
  metric: Name.optional(),
  direction: z.enum(Direction.options, "minimize or maximize").optional(),
  /** What a metric of a person's own is given, where the sample submission does not show it. */
  predicts: z
    .enum(Predicts.exclude(["texts"]).options, "numbers, probabilities or labels")
    .optional(),
  positive: Name.optional(),
  id: Names.optional(),
  split: WantedSplit.optional(),
  /** Columns that nothing is to see. */
  drop: Names.optional(),
  /** The column whose equal values are one unit. */
  unit: Name.optional(),
  /** The column with a person's own folds; rows without a value are always for training. */
  folds: Name.optional(),
  holdout: Settings.shape.holdout.unwrap().optional(),
  /** Whether day or month stands first in dates such as 3/4/2024, wherever a cell leaves it open. */
  dates: z.enum(["day-first", "month-first"], "day-first or month-first").optional(),
});
export type Corrections = z.infer<typeof Corrections>;
