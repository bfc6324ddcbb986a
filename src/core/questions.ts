import { z } from "zod";
import { Candidate } from "./candidate.ts";
import { Ground, isMeasured } from "./ground.ts";
import { Measurement } from "./measurement.ts";
import { ModelDescription } from "./model-description.ts";
import { Settings } from "./settings.ts";
import { Task, TaskDraft, Workbench } from "./task.ts";
import { Notebook, TriedPlan } from "./tried-plan.ts";
import { WebPage } from "./web-page.ts";

/** What every agent is told: where in the run it is asked, the task, the machine and the limits. */
export const Common = z.object({
  at: z.string(),
  task: Task,
  /** What the scores stand on; null where nothing was prepared: scores are claims. */
  ground: Ground.nullable().default(null),
  workbench: Workbench,
  settings: Settings,
  /** What one script that looked at the data printed: untrusted; null where none did. */
  findings: z.string().nullable().default(null),
  /** The run so far; null in the paper's way. */
  notebook: Notebook.nullable().default(null),
});

/** A candidate with what the program measured of it, where it did. */
export const Judged = Candidate.extend({ measurement: Measurement.nullable().optional() });

/** Whether saved predictions are blended by the program; where there are none, and as in the paper, scripts are joined. */
export const isBlended = ({ settings, ground }: Pick<Common, "settings" | "ground">): boolean =>
  settings.method === "measured" && isMeasured(ground);

/** What a plan changes: one block of a script, or the whole of it, which is then written anew. */
export const Scope = z.enum(["block", "script"]);
export type Scope = z.infer<typeof Scope>;

/** What each agent is asked from: the input of its prompt, and all that the built-in engineer sees. */
export const TaskAnalystInput = z.object({
  at: z.string(),
  draft: TaskDraft,
  settings: Settings.pick({ instructions: true }),
});
export const ExplorerInput = Common.extend({
  /** Its script's time limit. */
  seconds: z.number(),
  /** What became of its first script; null at first. */
  failure: z.object({ script: z.string(), problem: z.string(), stdout: z.string() }).nullable(),
});
export const RetrieverInput = Common.extend({
  /** From 1; tracks are to differ. */
  track: z.number(),
  /** Names already there (given by a person, or found before): not to be repeated. */
  known: z.array(ModelDescription),
  wanted: z.number(),
  /** What a search of the web found: untrusted; left out or empty when nothing was searched or found. */
  pages: z.array(WebPage).optional(),
});
export const InitializerInput = Common.extend({ description: ModelDescription });
export const MergerInput = Common.extend({ base: Judged, reference: Judged });
export const LeakageCheckerInput = Common.extend({ candidate: Candidate });
export const DataUsageCheckerInput = Common.extend({ candidate: Judged });
export const AblatorInput = Common.extend({ base: Judged, summaries: z.array(z.string()) });
export const SummarizerInput = Common.extend({
  base: Judged,
  ablation: z.object({
    script: z.string(),
    ok: z.boolean(),
    stdout: z.string(),
    stderr: z.string(),
  }),
});
/** What stands in the place of an ablation that was not made. */
export const NOT_ABLATED =
  "There is no ablation to go by in this step. Choose by the script and by what was tried before.";
export const ExtractorInput = Common.extend({
  base: Judged,
  summary: z.string(),
  /** Blocks refined in earlier steps. */
  earlierBlocks: z.array(z.string()),
  /** Why the last answer could not be used; null at first. */
  complaint: z.string().nullable(),
});
export const PlannerInput = Common.extend({
  base: Judged,
  /** What was chosen to work on: a block of the script, or all of it. */
  block: z.string(),
  attempts: z.array(TriedPlan),
  /** Whether the script is the best attempt of a step, and no longer the one that the step began with. */
  isLead: z.boolean().default(false),
});
export const CoderInput = Common.extend({
  base: Judged,
  block: z.string(),
  plan: z.string(),
  scope: Scope.default("block"),
});
export const DebuggerInput = Common.extend({
  /** The failing script, its run beside it. */
  candidate: Candidate,
  problem: z.string(),
  /** Corrections tried before, oldest first, each with the error that remained. */
  fixes: z.array(z.object({ problem: z.string(), script: z.string() })),
});
export const EnsemblePlannerInput = Common.extend({
  solutions: z.array(Judged),
  attempts: z.array(TriedPlan),
});
export const EnsemblerInput = Common.extend({ solutions: z.array(Judged), plan: z.string() });
export const SubmitterInput = Common.extend({ candidate: Judged });

export type Common = z.infer<typeof Common>;
export type Judged = z.infer<typeof Judged>;
export type TaskAnalystInput = z.infer<typeof TaskAnalystInput>;
export type ExplorerInput = z.infer<typeof ExplorerInput>;
export type RetrieverInput = z.infer<typeof RetrieverInput>;
export type InitializerInput = z.infer<typeof InitializerInput>;
export type MergerInput = z.infer<typeof MergerInput>;
export type LeakageCheckerInput = z.infer<typeof LeakageCheckerInput>;
export type DataUsageCheckerInput = z.infer<typeof DataUsageCheckerInput>;
export type AblatorInput = z.infer<typeof AblatorInput>;
export type SummarizerInput = z.infer<typeof SummarizerInput>;
export type ExtractorInput = z.infer<typeof ExtractorInput>;
export type PlannerInput = z.infer<typeof PlannerInput>;
export type CoderInput = z.infer<typeof CoderInput>;
export type DebuggerInput = z.infer<typeof DebuggerInput>;
export type EnsemblePlannerInput = z.infer<typeof EnsemblePlannerInput>;
export type EnsemblerInput = z.infer<typeof EnsemblerInput>;
export type SubmitterInput = z.infer<typeof SubmitterInput>;

/** What the agents that answer with data answer: shared by agents (as their schema) and the built-in engineer. */
export const TaskAnalystAnswer = z.object({
  metric: z.string(),
  direction: z.enum(["minimize", "maximize"]),
  modality: z.enum(["tabular", "text", "image", "audio", "other"]),
});
export const LeakageCheckerAnswer = z.object({
  leaks: z.boolean().describe("whether validation or test rows reach training or fitting"),
  explanation: z.string().describe("one or two sentences"),
  block: z
    .string()
    .describe("the leaking block, copied exactly from the script; empty when none leaks"),
  correction: z
    .string()
    .describe("the block rewritten so that nothing leaks; empty when none leaks"),
});
export const DataUsageCheckerAnswer = z.object({
  usesAll: z.boolean().describe("whether every provided source of information is used"),
  explanation: z.string().describe("what is unused and how it was added, in one or two sentences"),
  script: z.string().describe("the whole improved script; empty when everything is used"),
});
export const PlannerAnswer = z.object({
  plan: z.string().describe("what to change and why; its first sentence is its title"),
  scope: Scope.default("block"),
  from: z.enum(["best", "original"]).default("best"),
});
export const ExtractorAnswer = z.object({
  scope: Scope.default("block"),
  block: z
    .string()
    .default("")
    .describe("the block that matters most, copied exactly from the script"),
  firstLine: z.int().nullable().default(null).describe("number of its first line"),
  lastLine: z.int().nullable().default(null).describe("number of its last line"),
  plan: z.string().describe("what to change and why; its first sentence is its title"),
});
