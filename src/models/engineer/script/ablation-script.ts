import { FEATURE_BLOCKS } from "../blocks/blocks.ts";
import { listOf } from "../blocks/feature-block.ts";
import type { Facts } from "../recipe/facts.ts";
import { answersWithLabels } from "../recipe/metrics.ts";
import { pyString } from "../recipe/python.ts";
import type { Recipe } from "../recipe/recipe.ts";
import { joinCells, pipelineCells } from "./script.ts";
import { validation } from "./validation.ts";

/** A block that can be switched off, and the Python names that have other values meanwhile. */
export interface Switch {
  block: string;
  off: string;
}

/** The ways to switch off parts of a solution, without leaving it no features or no model. */
export function switchesOf(recipe: Recipe): Switch[] {
  const featured = FEATURE_BLOCKS.filter(({ name }) => (recipe[name] ?? []).length > 0);
  const features = featured.flatMap(({ name }) => {
    const rest = name === "Numbers" || featured.length === 1 ? 1 : 0;
    const off = `"${listOf(name)}": ${listOf(name)}[:${rest}]`;
    return (recipe[name] ?? []).length > rest ? [{ block: name, off }] : [];
  });
  return [
    ...((recipe["Model"] ?? []).length > 1 ? [FIRST_MODEL] : []),
    ...features,
    ...((recipe["Trend"] ?? []).length > 0 ? [NO_TREND] : []),
    ...((recipe["Target transform"] ?? []).length > 0 ? [PLAIN_TARGET] : []),
  ];
}

const FIRST_MODEL = {
  block: "Model",
  off: '"models": lambda every=models: dict([*every().items()][:1]), "MEMBERS": dict([*MEMBERS.items()][:1])',
};

const NO_TREND = {
  block: "Trend",
  off: '"trend": lambda fit, y, other: (np.zeros(len(fit)), np.zeros(len(other)))',
};

const PLAIN_TARGET = {
  block: "Target transform",
  off: '"parts_of": lambda target: [target], "transform_target": np.asarray, "restore_target": lambda values, seen: values',
};

/** A script that measures the solution as it is and with each of the switches thrown, on the same fold and few rows. */
export const renderAblation = (facts: Facts, recipe: Recipe, switches: readonly Switch[]): string =>
  joinCells(facts, "with one block switched off at a time", [
    ...pipelineCells(facts, recipe),
    `# %% Validation\n${validation(facts)}`,
    `# %% Ablation: ${switches.map(({ block }) => block).join(", ")}
MOST_ROWS = 5000
SWITCHED_OFF = {
${switches.map(({ block, off }) => `    ${pyString(block)}: {${off}},`).join("\n")}
}
MAX_TRAIN_ROWS = min(MAX_TRAIN_ROWS or MOST_ROWS, MOST_ROWS)
held = train.iloc[np.flatnonzero(FOLDS == FOLDS.max())[:MOST_ROWS]]
fit = fitting_rows(FOLDS.max())


def measure():
    """The score on the last fold; the test rows take no part."""
    scores = []
    for target in TARGETS:
        predicted = predict(fit, held.reset_index(drop=True), target).mean(axis=0)
        truth = held[target].to_numpy()
        scores.append(metric(truth, ${answersWithLabels(facts.task.metric) ? "decide(predicted, tune_decision(predicted, truth))" : "predicted"}))
    return np.mean(scores)


print(f"Ablation[baseline]: {measure():.8g}")
for block, names in SWITCHED_OFF.items():
    kept = {name: globals()[name] for name in names}
    globals().update(names)
    print(f"Ablation[{block}]: {measure():.8g}")
    globals().update(kept)`,
  ]);
