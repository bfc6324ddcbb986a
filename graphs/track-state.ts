import { z } from "zod";
import { ModelDescription } from "../src/core/model-description.ts";
import { Move } from "../src/core/step.ts";
import { Seen } from "./node.ts";

export const TrackState = Seen.extend({
  at: z.string(),
  models: z.array(ModelDescription).default([]),
  /** The best that the track has come to; null when every candidate failed. */
  solution: z.string().nullable().default(null),
  /** Laps begun, and the move of the current one with the script that it is about. */
  laps: z.number().default(0),
  move: Move.nullable().default(null),
  about: z.string().nullable().default(null),
  /** Moves that came to nothing: they are not made again. */
  closed: z.array(z.string()).default([]),
  /** How often it was said that nothing more is worth trying. */
  refusals: z.number().default(0),
  /** Refinements in a row that brought nothing, and the blocks worked on so far, by script. */
  barren: z.number().default(0),
  blocks: z.record(z.string(), z.array(z.string())).default({}),
});
export type TrackState = z.infer<typeof TrackState>;
