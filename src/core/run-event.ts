import { z } from "zod";
import { Totals } from "./call-cost.ts";
import { Direction, Run, SubmissionCheck } from "./candidate.ts";
import { ModelDescription } from "./model-description.ts";
import { Answer, ReviewSubject } from "./review.ts";
import { Settings } from "./settings.ts";
import { StepKind } from "./step.ts";
import { Workbench } from "./task.ts";

const event = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.object({
    type: z.literal(type),
    /** Unique within the run; an event with a known key is dropped. */
    key: z.string(),
    /** The place in the run it belongs to: `track-1/refine-2/attempt-3`. */
    at: z.string(),
    ...shape,
  });

/** Tokens and money of one model call, from the provider's own figures; null where it does not say. */
export const Usage = z.object({
  model: z.string(),
  inputTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
  cachedTokens: z.number().nullable(),
  reasoningTokens: z.number().nullable(),
  costUsd: z.number().nullable(),
});
export type Usage = z.infer<typeof Usage>;

/** Everything worth knowing about a run, as lines of its scratchpad: progress and report read nothing else. */
export const RunEvent = z.discriminatedUnion("type", [
  event("run", { runId: z.string(), task: z.string(), model: z.string(), settings: Settings }),
  /** What is asked, fixed once. */
  event("task", { metric: z.string(), direction: Direction, modality: z.string() }),
  /** A process took the run up: its start, and every resumption. */
  event("opened", {
    version: z.string(),
    /** Python, its packages and the machine's share that scripts had; absent in runs of before it was kept. */
    workbench: Workbench.optional(),
    /** The graph was begun again, for room that a cap had not left: what was done is known and not repeated. */
    anew: z.boolean().optional(),
  }),
  /** The process let go of the run before its end: interrupted, or failed with a sentence. */
  event("closed", { problem: z.string().nullable() }),
  event("stage", { stage: z.string(), state: z.enum(["started", "ended"]) }),
  event("agent", {
    agent: z.string(),
    seconds: z.number(),
    /** Null when the call succeeded, else its sentence. */
    problem: z.string().nullable(),
    promptCharacters: z.number(),
    answerCharacters: z.number(),
    usage: Usage.nullable(),
  }),
  event("script-started", { purpose: z.enum(["solution", "ablation", "submission"]) }),
  event("script", {
    purpose: z.enum(["solution", "ablation", "submission"]),
    outcome: Run.shape.outcome,
    seconds: z.number(),
    submission: SubmissionCheck.nullable(),
    /** Whether it ran now, had run under its id before, or its result was known by content. */
    origin: z.enum(["ran", "attempt", "cache"]).optional(),
  }),
  event("models", { models: z.array(ModelDescription) }),
  event("leakage", { leaks: z.boolean(), explanation: z.string(), fixed: z.boolean() }),
  event("ablation", {
    summary: z.string(),
    baseline: z.number().nullable(),
    effects: z.array(z.object({ part: z.string(), score: z.number() })),
  }),
  event("candidate", {
    title: z.string(),
    /** The candidate it was made from, when it was. */
    parent: z.string().nullable(),
    plan: z.string().nullable(),
    /** The block it replaced and the one it put there. */
    before: z.string().nullable(),
    after: z.string().nullable(),
    /** The attempt folder whose script was scored: differs from `at` after debugging. */
    runId: z.string().nullable(),
    score: z.number().nullable(),
    seconds: z.number().nullable(),
    problem: z.string().nullable(),
  }),
  event("decision", {
    subject: z.enum([
      "merge",
      "data-usage",
      "refinement",
      "ensemble",
      "final",
      "submission",
      "track",
    ]),
    kept: z.boolean(),
    reason: z.string(),
  }),
  /** A step that a cap left no room for. */
  event("left-out", { step: StepKind, reason: z.string() }),
  /** A person's word on what was proposed; it holds again for the same proposal at the same place. */
  event("review", {
    subject: ReviewSubject,
    proposed: z.record(z.string(), z.json()),
    answer: Answer,
    /** The run that a fork shares it with; null when it was given in this one. */
    sharedFrom: z.string().nullable(),
  }),
  event("promotion", { title: z.string(), score: z.number(), previous: z.number().nullable() }),
  event("result", {
    runId: z.string(),
    score: z.number().nullable(),
    metric: z.string(),
    direction: Direction,
    /** Paths of the best solution and its submission; null when no candidate had a score. */
    solution: z.string().nullable(),
    submission: z.string().nullable(),
    seconds: z.number(),
    /** Of all language-model calls; null without any, or where the provider or the price is unknown. */
    tokens: z.number().nullable().optional(),
    costUsd: z.number().nullable().optional(),
    /** The cap that ended it before its time and what was left undone for it; null where nothing was cut. */
    cut: z
      .object({ reason: z.string(), undone: z.array(z.string()) })
      .nullable()
      .optional(),
    /** The same by agent and by stage, with what was cached and what was thought; absent in runs of before it was kept. */
    totals: Totals.optional(),
  }),
  /** The report was written beside the scratchpad, or why it was not. */
  event("report", { problem: z.string().nullable() }),
]);
export type RunEvent = z.infer<typeof RunEvent>;

/** An event as a line of `scratchpad.jsonl`. */
export const RecordedEvent = z.intersection(
  z.object({
    /** ISO 8601 in UTC, for people. */
    time: z.string(),
    /** Seconds since the process took the run up, by a clock that nobody sets; absent in runs of before it was kept. */
    elapsed: z.number().optional(),
  }),
  RunEvent,
);
export type RecordedEvent = z.infer<typeof RecordedEvent>;

/** Seconds a run was worked on, from its events: pauses between a process's end and the next opening do not count. */
export function secondsWorked(events: readonly RecordedEvent[]): number {
  return events.reduce((sum, event, index) => {
    const previous = events[index - 1];
    return previous === undefined || event.type === "opened"
      ? sum
      : sum + Math.max(0, secondsBetween(previous, event));
  }, 0);
}

/** The time of day may be set between two events; it counts only where nothing better was kept. */
function secondsBetween(before: RecordedEvent, after: RecordedEvent): number {
  if (before.elapsed !== undefined && after.elapsed !== undefined)
    return after.elapsed - before.elapsed;
  return (Date.parse(after.time) - Date.parse(before.time)) / 1000;
}
