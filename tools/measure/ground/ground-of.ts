import type { Ground, Split } from "../../../src/core/ground.ts";
import type { TaskDraft } from "../../../src/core/task.ts";
import type { Asked } from "../units/asked.ts";
import type { UnitPlan } from "../units/plan-units.ts";

/** What scores stand on where units and truth are known. */
export function measured(asked: Asked, plan: UnitPlan, apart: Ground["apart"]): Ground {
  const { noun, predicts, classes, positive } = asked;
  const { kind, by, evidence } = plan.split;
  return {
    mode: plan.units.holdout > 0 ? "holdout" : "folds",
    reason:
      plan.units.holdout > 0
        ? ""
        : `${plan.units.train} units are too few to hold some of them out.`,
    ...{ noun, predicts, classes, positive, units: plan.units, folds: plan.folds },
    split: { kind, by, evidence },
    columns: asked.columns.flatMap((column) => ("truth" in column ? column.name : [])),
    ...{ apart, leftOut: [], seen: null },
  };
}

/** Why nothing can be measured on a split. */
export const tooFew = ({ kind }: Split): string =>
  `There are too few units for a validation by ${kind}.`;

/** What is left where they are not: scores are what scripts print. */
export function claimed({ submission }: TaskDraft, reason: string): Ground {
  return {
    ...{ mode: "claims", reason, noun: "line", predicts: "texts", positive: null },
    ...{ classes: [], apart: null, leftOut: [], seen: null, folds: 0 },
    units: { train: 0, validation: 0, holdout: 0, test: submission.rows },
    split: { kind: "random", by: null, evidence: "Scripts split for themselves." },
    columns: submission.columns.filter((column) => !submission.idColumns.includes(column)),
  };
}
