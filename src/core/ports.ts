import type { z } from "zod";
import type { Run, RunPurpose, SubmissionCheck } from "./candidate.ts";
import type { Alarm, Blend, Measured } from "./measurement.ts";
import type { WebPage } from "./web-page.ts";

/** The kinds of work that agents do: a model and a temperature can be chosen for each. */
export const ROLES = ["planning", "coding", "checking", "searching"] as const;
export type Role = (typeof ROLES)[number];

/** One question to a model. */
export interface Ask {
  agent: string;
  role: Role;
  /** Where in the run it is asked. */
  at: string;
  /** What the answer is made of: with agent and place it identifies the call across resumes. */
  parts: unknown;
  /** The state fields the agent reads, for models that answer from data rather than from words. */
  input: unknown;
  prompt: string;
  /** What is wrong with a text as an answer, in one sentence; null when it will do. A model may then be asked once more. */
  check?: ((answer: string) => string | null) | undefined;
  signal?: AbortSignal | undefined;
}

/** Everything an agent may ask of a language model, or of the built-in engineer. */
export interface Model {
  text(ask: Ask): Promise<string>;
  data<T>(ask: Ask & { schema: z.ZodType<T> }): Promise<T>;
}

/** Milliseconds that only grow within a process; for durations. */
export type Clock = () => number;

export interface RunRequest {
  /** The attempt's folder; running the same id and script again returns what the first run left. */
  id: string;
  script: string;
  purpose: RunPurpose;
  /** Seconds that it will take; without as many left it is not begun. */
  expects?: number | null | undefined;
  /** Seconds that the scripts took together that it joins into one: it gets as many, where that is more than is usual. */
  joined?: number | null | undefined;
  /** A time limit of its own, where it is lower than that of all scripts. */
  seconds?: number | undefined;
  /** Other data than those of its purpose; for a proof. */
  inputFolder?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** Runs one Python script to the end, or to its limits. A failing script is a result, not an error. */
export type RunPython = (request: RunRequest) => Promise<Run>;

/** Finds pages on the web for a place of the run; an empty list when nothing was found. */
export type SearchWeb = (
  query: string,
  options: { at: string; signal?: AbortSignal | undefined },
) => Promise<WebPage[]>;

/** How a run's scores are measured: by the program, on predictions that scripts leave, with labels they never saw. */
export interface Measuring {
  /** Holds what an attempt left against the truth, beside the attempt it was made from. */
  measure(runId: string, parent: string | null): Promise<Measured>;
  /** Signs that a measured score may be false: in the script's text, or in how it does on what is held out. */
  alarms(runId: string, script: string): Promise<Alarm[]>;
  /** Runs the script once more, with labels of a fold changed: the proof that it learned what it was to predict, else null. */
  prove(request: Pick<RunRequest, "script" | "signal"> & { runId: string }): Promise<Alarm | null>;
  /** Joins the predictions of all attempts that count so far, noted at this place; null with fewer than two. */
  blend(at: string): Promise<Blend | null>;
  /** Of attempts that validation cannot tell apart, the one that did best on the half of the hold-out that picks. */
  pick(runIds: readonly string[]): Promise<string>;
  /** Shows what the final runs of members predict to a final run of a script that stands on them. */
  showFinals(finals: readonly { runId: string; final: string }[]): Promise<void>;
  /**
   * Joins the final runs of a blend's members with the weights of the search, as the attempt `into`. A member that has
   * no final run keeps the predictions it made in the search.
   */
  combine(request: {
    blend: string;
    finals: readonly { runId: string; final: string | null }[];
    into: string;
  }): Promise<SubmissionCheck | null>;
}
