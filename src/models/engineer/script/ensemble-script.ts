import type { Facts } from "../recipe/facts.ts";
import { dedent, indent, pyList, withImports } from "../recipe/python.ts";
import { type Part, printParts, type Recipe } from "../recipe/recipe.ts";
import { combinationNamed } from "./combination.ts";
import { combinedScore } from "./score.ts";
import {
  cellsOf,
  isOwnScript,
  joinCells,
  pipelineCells,
  recipeOf,
  renderCell,
  renderScript,
} from "./script.ts";
import { submission } from "./submission.ts";

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
  return joinCells(facts, `with ${recipes.length} combined solutions`, [
    ...solutions,
    renderCell(facts, "Validation", recipes[0]?.["Validation"] ?? []),
    `# %% Combination: ${printParts([combination])}\n${combinationCell(facts, combination, recipes)}`,
    `# %% Score\n${combinedScore(facts)}`,
    `# %% Submission\n${submission(facts)}`,
  ]);
}

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

function combinationCell(facts: Facts, { name }: Part, recipes: readonly Recipe[]): string {
  const list = recipes.map((_, at) => `solution_${at + 1}()`).join(", ");
  const names = recipes.map((recipe) =>
    (recipe["Model"] ?? []).map((model) => model.name).join(" + "),
  );
  return withImports(`SOLUTIONS = [${list}]
NAMES = ${pyList(names)}


${combinationNamed(name).python(facts)}


def tell_weights(setting):
    """Prints how much each solution counts."""
    shares = zip(weights_of(setting), NAMES)
    told = [f"{share:.3g} of solution {at} ({name})" for at, (share, name) in enumerate(shares, 1)]
    print(f"Ensemble weights: {', '.join(told)}")


def combine_out_of_fold(stack, folds, target):
    """Combined held-out rows; what is fitted for a fold has seen the other folds only."""
    rows, truth = np.concatenate([held for _, held in folds]), train[target].to_numpy()
    combined = np.full(stack.shape[1:], np.nan)
    for _, held in folds:
        others = np.setdiff1d(rows, held)
        combined[held] = combine(stack[:, held], fit_combination(stack[:, others], truth[others]))
    return combined, fit_combination(stack[:, rows], truth[rows])`);
}
