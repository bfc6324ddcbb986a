import { z } from "zod";
import { Place } from "../src/core/place.ts";
import { Scope } from "../src/core/questions.ts";
import type { Step } from "../src/core/step.ts";
import { Seen } from "./node.ts";

const Target = z.object({ text: z.string(), start: z.number() });

/** Where algorithm 2 stands: its steps, and within a step its plans for one block. */
export const RefinementState = Seen.extend({
  at: z.string(),
  /** The best script so far, from which a step starts. */
  base: z.string(),
  /** How many steps there may be at most; null for as many as the settings say. */
  mostSteps: z.number().nullable().default(null),
  /** Outer steps finished, and how many of the last in a row brought nothing. */
  steps: z.number().default(0),
  barren: z.number().default(0),
  ablationScript: z.string().default(""),
  /** The ablation's run, with the script that ran in the end; null when none ran. */
  ablation: z.object({ script: z.string(), runId: z.string() }).nullable().default(null),
  /** What this step's ablation showed; null when none did. */
  summary: z.string().nullable().default(null),
  summaries: z.array(z.string()).default([]),
  /** The block to refine, null until the extractor named one that stands in the script. */
  target: Target.nullable().default(null),
  /** Whether the next plan concerns the block, or the whole script. */
  scope: Scope.default("block"),
  /** The best attempt of the step so far with the block as it is now, where later attempts may start from it. */
  lead: z.object({ id: z.string(), target: Target }).nullable().default(null),
  /** Whether the next attempt starts from the step's own script all the same. */
  fromOriginal: z.boolean().default(false),
  /** How often it was said that nothing more is worth trying. */
  refusals: z.number().default(0),
  extractions: z.number().default(0),
  complaint: z.string().nullable().default(null),
  earlierBlocks: z.array(z.string()).default([]),
  /** The next plan; the first is the extractor's. Empty when the planner had none. */
  plan: z.string().default(""),
  replacement: z.string().default(""),
  /** Plans asked for in this step, and the candidates made of them. */
  tries: z.number().default(0),
  attempts: z.array(z.string()).default([]),
});
export type RefinementState = z.infer<typeof RefinementState>;

/** What a new step begins with. */
export const FRESH_STEP = {
  ...{ ablationScript: "", ablation: null, summary: null },
  ...{ target: null, extractions: 0, complaint: null },
  ...{ plan: "", replacement: "", tries: 0, attempts: [] },
  ...{ scope: "block" as const, lead: null, fromOriginal: false },
};

/** What the next attempt starts from: the step's script, or the best that was made of it so far. */
export const startOf = ({ base, target, lead, fromOriginal }: RefinementState) =>
  lead === null || fromOriginal ? { id: base, target } : lead;

/** Where the current step is. */
export const stepPlace = ({ at, steps }: RefinementState) => Place.parse(at).refine(steps + 1);

/** Where its next attempt is. */
export const attemptPlace = (state: RefinementState) => stepPlace(state).attempt(state.tries + 1);

export const nextAttempt = (state: RefinementState): Step => ({
  kind: "attempt",
  at: attemptPlace(state).text,
});
