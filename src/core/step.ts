import { z } from "zod";
import { Place } from "./place.ts";
import type { Settings } from "./settings.ts";

/** What a run may begin next, and may have to leave undone when a cap is near. */
export const StepKind = z.enum([
  "candidate",
  "debug",
  "merge",
  "data-usage",
  /** An ablation and the first attempt after it. */
  "ablation",
  "refinement",
  "attempt",
  "ensemble",
  "script",
  "call",
]);
export type StepKind = z.infer<typeof StepKind>;

/** A step at its place in the run: all that it does is noted at that place or below it. */
export interface Step {
  kind: StepKind;
  at: string;
}

/** What a track can do next once its fixed steps are done: work on a script, take up another model, or combine what there is. */
export const Move = z.enum(["refine", "fresh", "stack"]);
export type Move = z.infer<typeof Move>;

const LOOPS: Partial<Record<StepKind, { noun: string; total: (settings: Settings) => number }>> = {
  refinement: { noun: "refinement step", total: ({ outerSteps }) => outerSteps },
  attempt: { noun: "attempt", total: ({ innerSteps }) => innerSteps },
  ensemble: { noun: "round", total: ({ ensembleRounds }) => ensembleRounds },
};

const OTHERS: Partial<Record<StepKind, string>> = {
  debug: "corrections of",
  "data-usage": "the check that all data are used of",
  ablation: "the ablation of",
};

/** What is missing when this step and those after it of its loop are left out, for people. */
export function leftOut({ kind, at }: Step, settings: Settings): string {
  const place = Place.parse(at);
  const parent = place.parent?.text ?? "";
  const loop = LOOPS[kind];
  if (loop === undefined) return OTHERS[kind] === undefined ? at : `${OTHERS[kind]} ${parent}`;
  const total = loop.total(settings);
  const number = place.number || total;
  const which = number < total ? `s ${number} to ${total}` : ` ${total}`;
  return `${loop.noun}${which} of ${parent}`;
}
