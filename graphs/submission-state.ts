import { z } from "zod";
import { Place } from "../src/core/place.ts";
import type { Attempt } from "../src/record/attempt.ts";
import { Seen } from "./node.ts";

export const SubmissionState = Seen.extend({
  at: z.string(),
  /** The solutions of the tracks, and the ensembles. */
  candidates: z.array(z.string()),
  /** The finalist whose turn it is; null when there is none left. */
  finalist: z.string().nullable().default(null),
  turns: z.number().default(0),
  /** The script to submit; null when a person left it out. */
  script: z.string().nullable().default(null),
  /** Whether that is the finalist's own script, after the one made of it failed. */
  fallsBack: z.boolean().default(false),
  solution: z.string().nullable().default(null),
});
export type SubmissionState = z.infer<typeof SubmissionState>;

/** Where the finalist whose turn it is becomes the submission. */
export const placeOf = ({ at, turns }: SubmissionState) => Place.parse(at).finalist(turns);

/** What a person is asked about: the finalist's script, or what a blend is made of. */
export const proposalOf = ({ script, blend }: Attempt): string =>
  blend === null
    ? script
    : blend
        .map((one) => `# ${one.weight.toFixed(3)} of ${one.runId} ${one.name}`.trim())
        .join("\n");
