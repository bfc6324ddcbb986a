import { AgentOutputError } from "../../../core/errors.ts";
import type { DebuggerInput } from "../../../core/questions.ts";
import { modelOf } from "../catalogue/catalogue.ts";
import { numberOf } from "../catalogue/catalogue-model.ts";
import { functionOf } from "../recipe/block.ts";
import type { Facts } from "../recipe/facts.ts";
import { part, type Recipe } from "../recipe/recipe.ts";
import { renderStack, rewritten } from "../script/ensemble-script.ts";
import { cellsOf, initialRecipe, renderScript } from "../script/script.ts";

type Mending = (recipe: Recipe) => Recipe;

/** The script corrected by the first rule whose result was not tried yet; in the end the simplest script that can work. */
export function debuggerRule({ candidate, fixes, problem }: DebuggerInput, facts: Facts): string {
  const { script } = candidate;
  const cells = new Set(cellsOf(script).map(({ name }) => name));
  if (cells.has("Ablation"))
    throw new AgentOutputError("debugger", "the built-in engineer mends no ablation");
  if (cells.has("Combination") && !cells.has("Model")) return renderStack(facts, part("average"));
  const tried = new Set([script, ...fixes.map((fix) => fix.script)].map((text) => text.trim()));
  const simplest = renderScript(facts, initialRecipe(facts, [part("linear")]));
  const options = mendingsFor(problem).map((mend) => rewritten(facts, script, mend) ?? simplest);
  return options.find((option) => !tried.has(option.trim())) ?? simplest;
}

/** Recipes to try in turn: the smallest change first. */
const mendingsFor = (problem: string): Mending[] =>
  /time limit|memory/i.test(problem.split("\n")[0] ?? "")
    ? [firstModel, lighter, (recipe) => lighter(lighter(recipe))]
    : [withoutNamed(problem), firstModel];

/** One model, of half the trees. */
const lighter: Mending = (recipe) => ({
  ...recipe,
  Model: (firstModel(recipe)["Model"] ?? []).map(({ name, options }) =>
    part(
      name,
      "trees" in options
        ? { ...options, trees: Math.ceil(numberOf(options, "trees", 400) / 2) }
        : options,
    ),
  ),
});

const firstModel: Mending = (recipe) => ({ ...recipe, Model: (recipe["Model"] ?? []).slice(0, 1) });

/** Without the features whose functions the traceback names, and the models whose packages it names. */
const withoutNamed =
  (problem: string): Mending =>
  (recipe) => {
    const models = recipe["Model"] ?? [];
    const left = models.filter((each) => !problem.includes(modelOf(each).package));
    const rest = Object.entries(recipe).map(([block, parts]) => [
      block,
      parts.filter(({ name }) => !new RegExp(`, in ${functionOf(name)}\\b`).test(problem)),
    ]);
    return { ...Object.fromEntries(rest), Model: left.length > 0 ? left : models };
  };
