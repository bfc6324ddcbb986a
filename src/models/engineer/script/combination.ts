import { byKind } from "../recipe/by-kind.ts";
import type { Facts } from "../recipe/facts.ts";

/** A way to combine several solutions' predictions. */
export interface Combination {
  name: string;
  words: string;
  /**
   * Python of `fit_combination(stack, truth)`, `combine(stack, setting)` and `weights_of(setting)`: how much each solution
   * counts. `stack` has one layer per solution.
   */
  python(facts: Facts): string;
}

const average: Combination = {
  name: "average",
  words: "Average the predictions of all solutions with equal weights.",
  python: () => `def fit_combination(stack, truth):
    """Nothing to fit: all solutions count the same."""


def combine(stack, setting):
    """The plain average of the solutions."""
    return stack.mean(axis=0)


def weights_of(setting):
    """All count the same."""
    return np.full(len(NAMES), 1 / len(NAMES))`,
};

/** The scale on which numbers are combined: where errors count in proportion it is that of logarithms. */
const scaled = ({ task }: Facts, numbers: string) =>
  task.metric === "rmsle" ? `np.log1p(np.maximum(${numbers}, 0))` : numbers;
const restored = ({ task }: Facts, numbers: string) =>
  task.metric === "rmsle" ? `np.expm1(${numbers})` : numbers;

const linear = (facts: Facts) => `def fit_combination(stack, truth):
    """A linear regression of the target on the solutions' predictions, none of which counts against."""
    return LinearRegression(positive=True).fit(${scaled(facts, "stack")}.T, ${scaled(facts, "truth")})


def combine(stack, setting):
    """What the linear regression makes of the solutions."""
    return ${restored(facts, `setting.predict(${scaled(facts, "stack")}.T)`)}


def weights_of(setting):
    """The factor of each solution in the sum."""
    return setting.coef_`;

const LOGARITHMS = `


def logarithms(stack):
    """Log probabilities of all solutions side by side."""
    return np.hstack(np.log(np.clip(stack, 1e-6, 1)))`;

const LOGISTIC = `def fit_combination(stack, truth):
    """A logistic regression of the class on the solutions' log probabilities."""
    return LogisticRegression(C=1.0, max_iter=500).fit(logarithms(stack), truth)


def combine(stack, setting):
    """What the logistic regression makes of the solutions."""
    probabilities = np.zeros(stack.shape[1:])
    probabilities[:, setting.classes_] = setting.predict_proba(logarithms(stack))
    return probabilities${LOGARITHMS}


def weights_of(setting):
    """The share of each solution in all factors of the regression."""
    sizes = np.abs(setting.coef_).reshape(len(setting.coef_), len(NAMES), -1).sum(axis=(0, 2))
    return sizes / sizes.sum()`;

const stacking: Combination = {
  name: "stacking",
  words:
    "Stack the solutions: a small linear model learns from their out-of-fold predictions how far to trust each; it is cross-fitted, so that the score stays honest.",
  python: (facts) => byKind(facts, linear(facts), LOGISTIC),
};

/** Ways to combine solutions, most promising first. */
export const COMBINATIONS: readonly Combination[] = [average, stacking];

/** The combination of that name, or plain averaging. */
export const combinationNamed = (name: string): Combination =>
  COMBINATIONS.find((combination) => combination.name === name) ?? average;
