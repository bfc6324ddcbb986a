import type { Caps } from "../core/caps.ts";
import { isBuiltIn, type ModelChoice } from "../core/model-choice.ts";
import type { Settings } from "../core/settings.ts";

/** Its part of the time that a script may take, and of all the time there is. */
const OF_A_SCRIPT = 1 / 3;
const OF_THE_RUN = 0.05;
/** Enough to import what is needed and to count something. */
const LEAST_SECONDS = 10;

/**
 * How long the look at the data may take; null where nobody looks: the built-in engineer, the paper, `--no-explore`, or where
 * models are not to be told what is found.
 */
export function lookSeconds(
  choice: Pick<ModelChoice, "model" | "replay">,
  { explore, share, method, scriptSeconds }: Settings,
  caps: Caps,
): number | null {
  if (!explore || share !== "all" || method === "paper" || isBuiltIn(choice)) return null;
  const ofTheRun = OF_THE_RUN * (caps.seconds ?? Number.POSITIVE_INFINITY);
  return Math.max(LEAST_SECONDS, Math.round(Math.min(OF_A_SCRIPT * scriptSeconds, ofTheRun)));
}
