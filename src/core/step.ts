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

const LOOPS: Partial<Record<StepKind, { noun: string; total: (settings: Settings) => number }>> = {
  refinement: { noun: "refinement step", total: ({ outerSteps }) => outerSteps },
  attempt: { noun: "attempt", total: ({ innerSteps }) => innerSteps },
  ensemble: { noun: "round", total: ({ ensembleRounds }) => ensembleRounds },
};

const OTHERS: Partial<Record<StepKind, (at: string, parent: string) => string>> = {
  debug: (_, parent) => `corrections of ${parent}`,
  "data-usage": (_, parent) => `the check of ${parent} that all data are used`,
};

/** What is missing when this step and those after it of its loop are left out, for people. */
export function leftOut({ kind, at }: Step, settings: Settings): string {
  const parent = at.slice(0, Math.max(0, at.lastIndexOf("/")));
  const loop = LOOPS[kind];
  if (loop === undefined) return OTHERS[kind]?.(at, parent) ?? at;
  const total = loop.total(settings);
  const number = Number(/-(\d+)$/.exec(at)?.[1] ?? total);
  const which = number < total ? `s ${number} to ${total}` : ` ${total}`;
  return `${loop.noun}${which} of ${parent}`;
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
