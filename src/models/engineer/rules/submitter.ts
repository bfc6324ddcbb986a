import type { SubmitterInput } from "../../../core/questions.ts";
import type { Facts } from "../recipe/facts.ts";
import { rewritten } from "../script/ensemble-script.ts";
import { inFolds } from "../script/script.ts";

/** How much of the time limit the script may be expected to take on all rows. */
const SAFE_SHARE = 0.7;

/**
 * The script itself, which predicts the whole test set as it is: its row cap is lifted by the environment. Where all
 * rows would take too long in as many folds as the search had, two folds remain.
 */
export function submitter({ task, settings, candidate }: SubmitterInput, facts: Facts): string {
  const { script, run } = candidate;
  const growth = Math.max(1, (task.train?.rows ?? 0) / settings.maxTrainRows);
  const expected = (run?.seconds ?? 0) * growth;
  if (growth === 1 || expected <= SAFE_SHARE * settings.scriptSeconds) return script;
  return rewritten(facts, script, (recipe) => ({ ...recipe, ...inFolds(2) })) ?? script;
}
