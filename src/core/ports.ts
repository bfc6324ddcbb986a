import type { z } from "zod";
import type { Run, RunPurpose } from "./candidate.ts";
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
  signal?: AbortSignal | undefined;
}

/** Runs one Python script to the end, or to its limits. A failing script is a result, not an error. */
export type RunPython = (request: RunRequest) => Promise<Run>;

/** Finds pages on the web for a place of the run; an empty list when nothing was found. */
export type SearchWeb = (
  query: string,
  options: { at: string; signal?: AbortSignal | undefined },
) => Promise<WebPage[]>;
