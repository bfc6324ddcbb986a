import { z } from "zod";
import type { RecordedEvent } from "./run-event.ts";
import type { Settings } from "./settings.ts";

/** What a run may begin next, and may have to leave undone when a cap is near. */
export const StepKind = z.enum([
  "candidate",
  "debug",
  "merge",
  "data-usage",
  "refinement",
  "attempt",
  "ensemble",
  "script",
]);
export type StepKind = z.infer<typeof StepKind>;

/** A step at its place in the run: all that it does is noted at that place or below it. */
export interface Step {
  kind: StepKind;
  at: string;
}

const OF_TOTAL: Partial<Record<StepKind, { noun: string; total: (settings: Settings) => number }>> =
  {
    candidate: { noun: "models", total: ({ models }) => models },
    refinement: { noun: "refinement steps", total: ({ outerSteps }) => outerSteps },
    attempt: { noun: "attempts", total: ({ innerSteps }) => innerSteps },
    ensemble: { noun: "ensemble rounds", total: ({ ensembleRounds }) => ensembleRounds },
  };

/** What is missing when this step and those after it of its loop are left out, for people. */
export function leftOut({ kind, at }: Step, settings: Settings): string {
  const parent = at.includes("/") ? at.slice(0, at.lastIndexOf("/")) : at;
  const loop = OF_TOTAL[kind];
  const number = /-(\d+)$/.exec(at)?.[1];
  if (kind === "script") return `the script of ${at}`;
  if (kind === "data-usage") return `the check that all data are used in ${parent}`;
  if (loop === undefined || number === undefined)
    return kind === "debug" ? `corrections of ${parent}` : `${at}: ${kind}`;
  const total = loop.total(settings);
  if (kind === "candidate") return `${parent}: model ${number} of ${total}`;
  const range = Number(number) >= total ? `${total}` : `${number} to ${total}`;
  return `${parent}: ${loop.noun} ${range} of ${total}`;
}

const isAt = (place: string, at: string) => place === at || place.startsWith(`${at}/`);

/** Whether the step was begun before: what it did is known then, and costs nothing again. */
export const isBegun = (events: readonly RecordedEvent[], { at }: Step): boolean =>
  events.some(({ type, at: place }) => LEAVES.has(type) && isAt(place, at));

const LEAVES: ReadonlySet<string> = new Set(["agent", "script", "candidate"]);

/** The steps that were refused and never made up for, each once, in the order they came up. */
export function leftUndone(events: readonly RecordedEvent[], settings: Settings): string[] {
  const refused = events.flatMap((event) => (event.type === "left-out" ? [event] : []));
  const missing = refused.filter((step) => !isBegun(events, { kind: step.step, at: step.at }));
  return [...new Set(missing.map(({ step: kind, at }) => leftOut({ kind, at }, settings)))];
}
