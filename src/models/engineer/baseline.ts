import type { Common } from "../../core/questions.ts";
import { linear } from "./catalogue/scikit-learn.ts";
import { factsOf } from "./recipe/facts.ts";
import { part } from "./recipe/recipe.ts";
import { refuseTask } from "./refuse-task.ts";
import { initialRecipe, renderScript } from "./script/script.ts";

/** The plainest script that can be relied on, a regularised linear model; null for a task the built-in engineer cannot do. */
export function baselineScript(common: Common): string | null {
  if (refuseTask(common.task) !== null) return null;
  const facts = factsOf(common);
  return renderScript(facts, initialRecipe(facts, [part(linear.name, linear.sized(facts))]));
}
