import type { z } from "zod";
import type { Candidate, Direction, Run } from "./candidate.ts";
import type { Common } from "./questions.ts";
import type { Answer, Question } from "./review.ts";
import type { RunEvent } from "./run-event.ts";
import type { Step } from "./step.ts";
import type { Task, TaskDraft, Workbench } from "./task.ts";
import type { WebPage } from "./web-page.ts";

/** One question to a model. */
export interface Ask {
  agent: string;
  /** Where in the run it is asked; with the prompt it identifies the call across resumes. */
  at: string;
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

/** What a script run is for: it decides about the row cap and how urgent it is. */
export type RunPurpose = "solution" | "ablation" | "submission";

export interface RunRequest {
  /** The attempt's folder; running the same id and script again returns what the first run left. */
  id: string;
  script: string;
  purpose: RunPurpose;
  signal?: AbortSignal | undefined;
}

/** Runs one Python script to the end, or to its limits. A failing script is a result, not an error. */
export type RunPython = (request: RunRequest) => Promise<Run>;

/** Finds pages on the web; an empty list when nothing was found or no search is configured. */
export type SearchWeb = (
  query: string,
  options: { signal?: AbortSignal | undefined },
) => Promise<WebPage[]>;

/** What a person answered to just this proposal at this place; null when it is still to be asked. */
export type Recall = (question: Question) => Answer | null;

/** Appends to the run's scratchpad; an event whose key is already there is dropped, so that a repeated node adds nothing. */
export type Note = (event: RunEvent) => void;

/** Makes the candidate the run's best: `whenBetter` only if it beats the one so far; either needs a valid submission. */
export interface Promote {
  whenBetter(candidate: Candidate, direction: Direction): Promise<void>;
  always(candidate: Candidate): Promise<void>;
  /** Its score turned out to be false: the next candidate with a valid submission takes its place. */
  distrust(candidate: Candidate): Promise<void>;
  /** Whether there is a best with a valid submission. */
  stands(): boolean;
}

/** Reads a task folder and the machine: what the first node of a run begins with. */
type Prepare = (folder: string) => Promise<{ draft: TaskDraft; workbench: Workbench }>;

/** The cap that stands in the way of a step, in a sentence; null when it may begin. */
export type Budget = (step: Step) => string | null;

/** How alike the submissions of two runs are: 1 for equal predictions, about 0 for unrelated ones; null without both. */
type Agreement = (runId: string, otherRunId: string) => Promise<number | null>;

/** A plain script that can be relied on, for a run that has nothing else to submit; null where there is none. */
type Baseline = (common: Common) => string | null;

/** Writes the run's result and report; null when no candidate ever had a score. */
export type Finish = (task: Task, solution: Candidate | null) => Promise<void>;

/** What the graphs need of the world. */
export interface Ports {
  model: Model;
  runPython: RunPython;
  /** Null when no search is configured: then nothing is asked for queries. */
  searchWeb: SearchWeb | null;
  recall: Recall;
  note: Note;
  promote: Promote;
  agreement: Agreement;
  baseline: Baseline;
  prepare: Prepare;
  finish: Finish;
  budget: Budget;
}

/** What the graphs inside the whole need of it. */
export type InnerPorts = Pick<
  Ports,
  "model" | "runPython" | "searchWeb" | "recall" | "note" | "promote" | "budget"
>;

/** What making the submission needs of it. */
export type SubmissionPorts = InnerPorts & Pick<Ports, "agreement" | "baseline">;
