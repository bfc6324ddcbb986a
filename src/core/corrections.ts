import { z } from "zod";
import { SplitKind } from "./ground.ts";

const columns = (meaning: string) =>
  z.array(z.string()).min(1).optional().meta({ description: meaning });
const text = (meaning: string) => z.string().min(1).optional().meta({ description: meaning });

/** The kinds that need a column to group or to order by. */
const BY_COLUMN: readonly SplitKind[] = ["group", "time", "stretches"];

const FORMS = "random, stratified, group:<column>, time:<column> or stretches:<column>";

/** A split as a person wants it; as text `group:patient`. */
export const WantedSplit = z.preprocess(
  (given) => {
    const [, kind, by = null] = /^(\w+)(?::(.+))?$/.exec(String(given)) ?? [];
    return typeof given === "string" ? { kind, by } : given;
  },
  z
    .object({ kind: z.enum(SplitKind.options, `it is ${FORMS}`), by: z.string().nullable() })
    .refine(({ kind, by }) => BY_COLUMN.includes(kind) === (by !== null), `it is ${FORMS}`),
);
export type WantedSplit = z.infer<typeof WantedSplit>;

/** How much is held out: by the rule of the program, nothing, or this share of the units. */
export const Holdout = z.preprocess(
  (given) => (typeof given === "string" && !Number.isNaN(Number(given)) ? Number(given) : given),
  z.union(
    [z.enum(["auto", "none"]), z.number().positive().max(0.5)],
    "it is auto, none or a share of the units such as 0.1, at most 0.5",
  ),
);
export type Holdout = z.infer<typeof Holdout>;

/** What a person puts right about what is understood of a task; what is left out is inferred. */
export const Corrections = z.object({
  target: columns("what is to be predicted"),
  metric: text("what it is scored by"),
  positive: text("the class whose probability is asked for"),
  id: columns("what identifies a row of the submission"),
  split: WantedSplit.optional().meta({ description: `how validation is drawn: ${FORMS}` }),
  drop: columns("columns that nothing is to see"),
  /** The column whose values are the units. */
  unit: text("rows that agree here stay together"),
  /** The column of a person's own folds; rows without a value are always for training. */
  folds: text("your own folds"),
  holdout: Holdout.optional().meta({ description: "what is held out for the final score" }),
});
export type Corrections = z.infer<typeof Corrections>;
