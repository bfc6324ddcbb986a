import type { Facts } from "../facts.ts";
import { byKind } from "./for-kind.ts";

/** A way to combine several solutions' predictions. */
export interface Combination {
  name: string;
  words: string;
  suits(facts: Facts): boolean;
  imports(facts: Facts): readonly string[];
  /**
   * Python of `fit_combination(stack, truth)`, `combine(stack, setting)` and `weights_of(setting)`: how much each solution
   * counts. `stack` has one layer per solution.
   */
  python(facts: Facts): string;
}

const none = () => [];
const always = () => true;

const EQUAL = `def weights_of(setting):
    """All solutions count the same."""
    return np.full(len(SOLUTIONS), 1 / len(SOLUTIONS))`;

const average: Combination = {
  name: "average",
  words: "Average the predictions of all solutions with equal weights.",
  suits: always,
  imports: none,
  python: () => `def fit_combination(stack, truth):
    """Nothing to fit: all solutions count the same."""


def combine(stack, setting):
    """The plain average of the solutions."""
    return stack.mean(axis=0)


${EQUAL}`,
};

const weights: Combination = {
  name: "weights",
  words:
    "Weigh the solutions: climb from equal weights in small steps while the metric improves, and judge each fold with weights found on the other folds.",
  suits: always,
  imports: none,
  python: (facts) => `def fit_combination(stack, truth):
    """Weights that improve the metric, found by adding to one solution at a time."""
    counts = np.ones(len(stack))
    sign = ${facts.task.direction === "minimize" ? "-1" : "1"}
    best = sign * judge(truth, np.average(stack, axis=0, weights=counts))
    for _ in range(20):
        trials = [counts + 0.25 * one for one in np.eye(len(stack))]
        values = [sign * judge(truth, np.average(stack, axis=0, weights=trial)) for trial in trials]
        if max(values) <= best:
            break
        best, counts = max(values), trials[int(np.argmax(values))]
    return counts / counts.sum()


def combine(stack, setting):
    """The weighted average of the solutions."""
    return np.average(stack, axis=0, weights=setting)


def weights_of(setting):
    """The weights that were found."""
    return setting`,
};

const proportional = ({ task }: Facts): boolean => task.metric === "rmsle";

const stacking: Combination = {
  name: "stacking",
  words:
    "Stack the solutions: a small linear model learns from their out-of-fold predictions how far to trust each; it is cross-fitted, so that the score stays honest.",
  suits: always,
  imports: (facts) => [
    `from sklearn.linear_model import ${byKind(facts, "RidgeCV", "LogisticRegression")}`,
  ],
  python: (facts) =>
    byKind(
      facts,
      `def fit_combination(stack, truth):
    """A ridge regression of the target on the solutions' predictions${proportional(facts) ? ", all as logarithms" : ""}."""
    inputs, target = ${proportional(facts) ? "np.log1p(np.maximum(stack, 0)), np.log1p(truth)" : "stack, truth"}
    spread = inputs.std() + 1e-12
    return RidgeCV(alphas=np.logspace(-3, 3, 13)).fit(inputs.T / spread, target), spread


def combine(stack, setting):
    """What the ridge regression makes of the solutions."""
    model, spread = setting
    return ${proportional(facts) ? "np.expm1(model.predict(np.log1p(np.maximum(stack, 0)).T / spread))" : "model.predict(stack.T / spread)"}


def weights_of(setting):
    """The factor of each solution in the sum."""
    model, spread = setting
    return model.coef_ / spread`,
      `def fit_combination(stack, truth):
    """A logistic regression of the class on the solutions' log probabilities."""
    return LogisticRegression(C=1.0, max_iter=500).fit(logarithms(stack), truth)


def combine(stack, setting):
    """What the logistic regression makes of the solutions."""
    probabilities = np.zeros(stack.shape[1:])
    probabilities[:, setting.classes_] = setting.predict_proba(logarithms(stack))
    return probabilities


def logarithms(stack):
    """Log probabilities of all solutions side by side."""
    return np.hstack(np.log(np.clip(stack, 1e-6, 1)))


def weights_of(setting):
    """The share of each solution in all factors of the regression."""
    sizes = np.abs(setting.coef_).reshape(len(setting.coef_), len(SOLUTIONS), -1).sum(axis=(0, 2))
    return sizes / sizes.sum()`,
    ),
};

const geometric: Combination = {
  name: "geometric",
  words:
    "Average the logarithms of the solutions' predictions, which gives confident or low ones more say.",
  suits: ({ kind, task, targets }) =>
    kind !== "regression" ||
    targets.every(
      ({ name }) => (task.train?.columns.find((column) => column.name === name)?.min ?? -1) >= 0,
    ),
  imports: none,
  python: (facts) => `def fit_combination(stack, truth):
    """Nothing to fit: all solutions count the same."""


def combine(stack, setting):
    """The geometric mean of the solutions."""
${byKind(
  facts,
  "    return np.expm1(np.log1p(np.maximum(stack, 0)).mean(axis=0))",
  `    mean = np.exp(np.log(np.clip(stack, 1e-9, 1)).mean(axis=0))
    return mean / mean.sum(axis=1, keepdims=True)`,
)}


${EQUAL}`,
};

const ranks: Combination = {
  name: "ranks",
  words:
    "Average the solutions' ranks of the rows instead of their probabilities, since only the order counts.",
  suits: ({ task, kind }) => task.metric === "roc_auc" && kind === "binary",
  imports: () => ["from scipy.stats import rankdata"],
  python: () => `def fit_combination(stack, truth):
    """Nothing to fit: only the order of the rows counts."""


def combine(stack, setting):
    """The average rank of each row, between 0 and 1."""
    ranks = np.mean([rankdata(layer[:, 1]) for layer in stack], axis=0) / stack.shape[1]
    return np.column_stack([1 - ranks, ranks])


${EQUAL}`,
};

/** Ways to combine solutions, most promising first. */
export const COMBINATIONS: readonly Combination[] = [average, weights, ranks, stacking, geometric];

/** The combination of that name, or plain averaging. */
export const combinationNamed = (name: string): Combination =>
  COMBINATIONS.find((combination) => combination.name === name) ?? average;
