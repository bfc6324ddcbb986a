import { z } from "zod";
import { Direction, Run, RunPurpose } from "../core/candidate.ts";
import { Ground } from "../core/ground.ts";
import { Alarm, Blend, Explained, Measured, MeasuredBy, Measurement } from "../core/measurement.ts";
import { ModelDescription } from "../core/model-description.ts";
import { Answer, ReviewSubject } from "../core/review.ts";
import { Settings } from "../core/settings.ts";
import { Move, StepKind } from "../core/step.ts";
import { Workbench } from "../core/task.ts";
import { Totals, Usage } from "../core/usage.ts";
import { WebPage } from "../core/web-page.ts";

const event = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.object({
    type: z.literal(type),
    /** Unique within the run: an event is recorded once. */
    key: z.string(),
    /** The text of the place it belongs to. */
    at: z.string(),
    ...shape,
  });

/** Everything that happens in a run, by type: all that anybody asks about it is derived from these. */
export const EVENTS = {
  run: event("run", {
    runId: z.string(),
    task: z.string(),
    model: z.string(),
    settings: Settings,
  }),
  /** A process took the run up: its start, and every resumption. */
  opened: event("opened", {
    version: z.string(),
    /** Python, its packages and the machine's share that scripts had. */
    workbench: Workbench,
    /** The graph was begun again, for room that a cap had not left: what was done is known and not repeated. */
    anew: z.boolean(),
  }),
  /** The process let go of the run before its end: interrupted, or failed with a sentence. */
  closed: event("closed", { problem: z.string().nullable() }),
  /** What is asked, fixed once. */
  task: event("task", {
    metric: z.string(),
    direction: Direction,
    modality: z.enum(["tabular", "text", "image", "audio", "other"]),
  }),
  /** What the run's scores stand on, fixed once. */
  ground: event("ground", { ground: Ground }),
  stage: event("stage", { stage: z.string() }),
  /** An agent's question to a model. */
  call: event("call", {
    agent: z.string(),
    seconds: z.number(),
    /** Null when it failed. */
    answer: z.json(),
    /** Why there is no answer that could be used; null when there is one. */
    problem: z.string().nullable(),
    promptCharacters: z.number(),
    usage: Usage.nullable(),
  }),
  search: event("search", { query: z.string(), seconds: z.number(), hits: z.array(WebPage) }),
  page: event("page", { url: z.string(), seconds: z.number(), page: WebPage.nullable() }),
  /** A script that could run if others did not: it has no slot yet. */
  "script-waiting": event("script-waiting", { purpose: RunPurpose }),
  "script-started": event("script-started", { purpose: RunPurpose }),
  /** A script that ended, at the attempt whose folder holds its files. */
  script: event("script", { purpose: RunPurpose, run: Run }),
  /** The predictions of an attempt, held against the truth by the program. */
  measurement: event("measurement", { runId: z.string(), ...Measured.shape, seconds: z.number() }),
  alarm: event("alarm", { runId: z.string(), ...Alarm.shape }),
  /** All members of the run so far, joined; it was tried even where it came to nothing. */
  blend: event("blend", Blend.shape),
  models: event("models", { models: z.array(ModelDescription) }),
  /** A script was found to leak: the text that does, and the one in its place. */
  leakage: event("leakage", {
    explanation: z.string(),
    block: z.string(),
    /** Null when the text was not found in the script as it was quoted. */
    correction: z.string().nullable(),
  }),
  ablation: event("ablation", {
    summary: z.string(),
    baseline: z.number().nullable(),
    effects: z.array(z.object({ part: z.string(), score: z.number() })),
  }),
  /** A script was evaluated, at its place; what became of it since is the ledger's to say. */
  candidate: event("candidate", {
    title: z.string(),
    script: z.string(),
    /** The candidate it was made from, and those it combines. */
    parent: z.string().nullable(),
    members: z.array(z.string()),
    plan: z.string().nullable(),
    /** The attempt whose script was scored; null when it never ran. */
    runId: z.string().nullable(),
    score: z.number().nullable(),
    problem: z.string().nullable(),
  }),
  /** A choice that hung on scores, time or another branch: a resumed run takes the same. */
  decision: event("decision", {
    subject: z.enum([
      "base",
      "merge",
      "data-usage",
      "refinement",
      "ensemble",
      "submission",
      "check",
    ]),
    /** Ids of the candidates that go on. */
    chosen: z.array(z.string()),
    kept: z.boolean(),
    reason: z.string(),
  }),
  /** What a track does in a lap, and with which script; a resumed run does the same. */
  lap: event("lap", { move: Move, about: z.string().nullable(), reason: z.string() }),
  /** A step that a cap left no room for. */
  "left-out": event("left-out", { step: StepKind, reason: z.string() }),
  /** A person's word on what was proposed. */
  review: event("review", {
    subject: ReviewSubject,
    proposed: z.record(z.string(), z.json()),
    answer: Answer,
  }),
  /** A script was run for the submission of a candidate, or in the place of one. */
  submission: event("submission", {
    /** Null for the plain baseline. */
    candidate: z.string().nullable(),
    title: z.string(),
    script: z.string(),
    runId: z.string().nullable(),
    /** What its own run printed. */
    score: z.number().nullable(),
    /** What was blended for it, each run anew; null for one script. */
    blend: Blend.shape.members.nullable().default(null),
    kept: z.boolean(),
    reason: z.string(),
  }),
  /** What the predictions of the attempt are like that the run hands out. */
  explanation: event("explanation", { runId: z.string(), explained: Explained }),
  result: event("result", {
    runId: z.string(),
    score: z.number().nullable(),
    metric: z.string(),
    direction: Direction,
    /** Paths of the best solution and its submission; null when no candidate had a score. */
    solution: z.string().nullable(),
    submission: z.string().nullable(),
    seconds: z.number(),
    /** The score to expect, from units that decided nothing where there are such; null without a solution. */
    measured: z
      .object({
        ...Measurement.pick({ score: true, error: true, interval: true }).shape,
        by: MeasuredBy,
      })
      .nullable()
      .default(null),
    /** How well test could be told from train; null where that is not known. */
    apart: Ground.shape.apart,
    /** Of all language-model calls; null without any, or where the provider or the price is unknown. */
    tokens: z.number().nullable(),
    costUsd: z.number().nullable(),
    /** The cap that ended it before its time and what was left undone for it; null where nothing was cut. */
    cut: z.object({ reason: z.string(), undone: z.array(z.string()) }).nullable(),
    totals: Totals,
  }),
  /** The report was written beside the scratchpad, or why it was not. */
  report: event("report", { problem: z.string().nullable() }),
};
