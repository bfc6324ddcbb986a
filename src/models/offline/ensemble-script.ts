import { combinationNamed } from "./blocks/combination.ts";
import { FINAL, labels, refit, targetLine } from "./blocks/score.ts";
import { submission } from "./blocks/submission.ts";
import type { Facts } from "./facts.ts";
import { answersWithLabels } from "./metrics.ts";
import { dedent, indent, pyImports, pyList } from "./python.ts";
import { type Part, printParts, type Recipe } from "./recipe.ts";
import { cellsOf, joinCells, pipelineCells, recipeOf, sharedCells } from "./script.ts";

const SOLUTION = /^Solution \d+$/;

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
    ...sharedCells(facts, recipes[0] ?? {}),
    `# %% Combination: ${printParts([combination])}\n${combinationCell(facts, combination, recipes)}`,
    `# %% Score\n${scoreCell(facts)}`,
    `# %% Submission\n${submission(facts)}`,
  ]);
}

/** The recipes of an ensemble's solutions and the way it combines them; null for any other script. */
export function ensembleOf(script: string): { recipes: Recipe[]; combination: Part } | null {
  const cells = cellsOf(script);
  const combination = cells.find(({ name }) => name === "Combination")?.parts[0];
  const shared = recipeOf(script);
  const recipes = cells
    .filter(({ name }) => SOLUTION.test(name))
    .map(({ text }) => ({ ...shared, ...recipeOf(dedent(text)) }));
  return combination === undefined || recipes.length === 0 ? null : { recipes, combination };
}

function combinationCell(facts: Facts, { name }: Part, recipes: readonly Recipe[]): string {
  const combination = combinationNamed(name);
  const imports = pyImports(combination.imports(facts));
  const list = recipes.map((_, at) => `solution_${at + 1}()`).join(", ");
  const names = recipes.map((recipe) =>
    (recipe["Model"] ?? []).map((model) => model.name).join(" + "),
  );
  const decided = answersWithLabels(facts.task.metric) && facts.kind !== "regression";
  return `${imports === "" ? "" : `${imports}\n\n`}SOLUTIONS = [${list}]
NAMES = ${pyList(names)}


def judge(truth, predicted):
    """The metric, as the combination is tuned for it."""
    return metric(truth, ${decided ? "predicted.argmax(axis=1)" : "predicted"})


${combination.python(facts)}


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
    return combined, fit_combination(stack[:, rows], truth[rows])`;
}

const scoreCell = (facts: Facts): string => `folds = make_folds()
predictions, scores = {}, []
for target in TARGETS:
    pairs = [out_of_fold(predict, folds, target, test) for predict in SOLUTIONS]
    held_out, setting = combine_out_of_fold(np.stack([held for held, _ in pairs]), folds, target)
    predictions[target] = combine(np.stack([average for _, average in pairs]), setting)
    scores.append(score(held_out, folds, target))
    tell_folds(held_out, folds, target)
    tell_weights(setting)${targetLine(facts)}${refit(
      facts,
      "combine(np.stack([predict(train, test, target) for predict in SOLUTIONS]), setting)",
    )}${labels(facts)}
${FINAL}`;
