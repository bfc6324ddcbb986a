import type { Common } from "../../core/questions.ts";
import { linear } from "./catalogue/smooth.ts";
import { part } from "./recipe.ts";
import { refuseTask } from "./refuse-task.ts";
import { factsFor } from "./rules/answer.ts";
import { initialRecipe, renderScript } from "./script.ts";

/** The plainest script that can be relied on, a regularised linear model; null for a task the built-in engineer cannot do. */
export function baselineScript(common: Common): string | null {
  if (refuseTask(common.task) !== null) return null;
  const facts = factsFor(common);
  return renderScript(facts, initialRecipe(facts, [part(linear.name, linear.sized(facts))]));
}
