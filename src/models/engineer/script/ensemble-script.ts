import type { Facts } from "../recipe/facts.ts";
import { dedent, indent, pyList, withImports } from "../recipe/python.ts";
import { type Part, printParts, type Recipe } from "../recipe/recipe.ts";
import { combinationNamed } from "./combination.ts";
import { savedMembers } from "./saved-members.ts";
import { combinedScore } from "./score.ts";
import {
  cellsOf,
  isOwnScript,
  joinCells,
  pipelineCells,
  recipeOf,
  renderScript,
} from "./script.ts";
import { submission } from "./submission.ts";
import { validation } from "./validation.ts";

/** A script that holds the solutions' pipelines as functions and combines their out-of-fold predictions. */
export function renderEnsemble(
  facts: Facts,
  recipes: readonly Recipe[],
  combination: Part,
): string {
  const solutions = recipes.map((recipe, at) => {
    const cells = indent(pipelineCells(facts, recipe).join("\n\n\n"));
    return `# %% Solution ${at + 1}: ${printParts(recipe["Model"] ?? [])}
def solution_${at + 1}():
    """A whole solution of its own; returns its function \`predict\`."""
${cells}

    return predict`;
  });
  const list = recipes.map((_, at) => `solution_${at + 1}()`).join(", ");
  const names = recipes.map((recipe, at) => {
    const models = (recipe["Model"] ?? []).map((model) => model.name).join(" + ");
    return `solution ${at + 1} (${models})`;
  });
  const stack = `SOLUTIONS = [${list}]
NAMES = ${pyList(names)}


def stack_of(target):
    """What the solutions predict for held-out and for test rows, one layer each."""
    pairs = [out_of_fold(predict, target) for predict in SOLUTIONS]
    return [np.stack([pair[side].mean(axis=0) for pair in pairs]) for side in (0, 1)]`;
  return joined(facts, `with ${recipes.length} combined solutions`, solutions, stack, combination);
}

/** A script that combines what earlier attempts of the run left of their predictions; nothing is trained again. */
export const renderStack = (facts: Facts, combination: Part): string =>
  joined(facts, "from the predictions of earlier attempts", [], savedMembers(facts), combination);

const joined = (
  facts: Facts,
  how: string,
  cells: readonly string[],
  stack: string,
  combination: Part,
): string =>
  joinCells(facts, how, [
    ...cells,
    `# %% Validation\n${validation(facts)}`,
    `# %% Combination: ${printParts([combination])}\n${combinationCell(facts, combination, stack)}`,
    `# %% Score\n${combinedScore(facts)}`,
    `# %% Submission\n${submission(facts, false)}`,
  ]);

/** The script, or each solution of the ensemble, of another recipe; null for a script of another hand. */
export function rewritten(
  facts: Facts,
  script: string,
  change: (recipe: Recipe) => Recipe,
): string | null {
  const ensemble = ensembleOf(script);
  if (ensemble !== null)
    return renderEnsemble(facts, ensemble.recipes.map(change), ensemble.combination);
  return isOwnScript(script) ? renderScript(facts, change(recipeOf(script))) : null;
}

/** The recipes of an ensemble's solutions and the way it combines them; null for any other script. */
export function ensembleOf(script: string): { recipes: Recipe[]; combination: Part } | null {
  const cells = cellsOf(script);
  const combination = cells.find(({ name }) => name === "Combination")?.parts[0];
  const shared = recipeOf(script);
  const recipes = cells
    .filter(({ name }) => /^Solution \d+$/.test(name))
    .map(({ text }) => ({ ...shared, ...recipeOf(dedent(text)) }));
  return combination === undefined || recipes.length === 0 ? null : { recipes, combination };
}

const combinationCell = (facts: Facts, { name }: Part, stack: string) =>
  withImports(`${stack}


${combinationNamed(name).python(facts)}


def combine_out_of_fold(target):
    """Combined held-out and test rows; what is fitted for a part has seen the other parts only."""
    stack, tested = stack_of(target)
    truth = train[target].to_numpy()[LINES]
    combined = np.full(stack.shape[1:], np.nan)
    for part in np.unique(PARTS):
        here = PARTS == part
        setting = fit_combination(stack[:, ~here], truth[~here])
        combined[here] = combine(stack[:, here], setting)
    setting = fit_combination(stack, truth)
    told = [f"{share:.3g} of {name}" for share, name in zip(weights_of(setting), NAMES)]
    print(f"Ensemble weights: {', '.join(told)}")
    return combined[None], combine(tested, setting)[None]`);
