import { byKind } from "../recipe/by-kind.ts";
import type { Facts } from "../recipe/facts.ts";

/** A way to combine several solutions' predictions. */
export interface Combination {
  name: string;
  words: string;
  suits?(facts: Facts): boolean;
  /**
   * Python of `fit_combination(stack, truth, rows)`, `combine(stack, setting, rows)` and `weights_of(setting)`: how much each
   * solution counts. `stack` has one layer per solution, `rows` are the table's.
   */
  python(facts: Facts): string;
}

const EQUAL_WEIGHTS = `def weights_of(setting):
    """All count the same."""
    return np.full(len(NAMES), 1 / len(NAMES))`;

const average: Combination = {
  name: "average",
  words: "Average the predictions of all solutions with equal weights.",
  python: () => `def fit_combination(stack, truth, rows):
    """Nothing to fit: all solutions count the same."""


def combine(stack, setting, rows):
    """The plain average of the solutions."""
    return stack.mean(axis=0)


${EQUAL_WEIGHTS}`,
};

/** The scale on which numbers are combined: where errors count in proportion it is that of logarithms. */
const scaled = ({ task }: Facts, numbers: string) =>
  task.metric === "rmsle" ? `np.log1p(np.maximum(${numbers}, 0))` : numbers;
const restored = ({ task }: Facts, numbers: string) =>
  task.metric === "rmsle" ? `np.expm1(${numbers})` : numbers;

const linear = (facts: Facts) => `def fit_combination(stack, truth, rows):
    """A linear regression of the target on the solutions' predictions, none of which counts against."""
    return LinearRegression(positive=True).fit(${scaled(facts, "stack")}.T, ${scaled(facts, "truth")})


def combine(stack, setting, rows):
    """What the linear regression makes of the solutions."""
    return ${restored(facts, `setting.predict(${scaled(facts, "stack")}.T)`)}


def weights_of(setting):
    """The factor of each solution in the sum."""
    return setting.coef_`;

const LOGARITHMS = `


def logarithms(stack):
    """Log probabilities of all solutions side by side."""
    return np.hstack(np.log(np.clip(stack, 1e-6, 1)))`;

const LOGISTIC = `def fit_combination(stack, truth, rows):
    """A logistic regression of the class on the solutions' log probabilities."""
    return LogisticRegression(C=1.0, max_iter=500).fit(logarithms(stack), truth)


def combine(stack, setting, rows):
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

const SMALL_TREES = `max_iter=80, learning_rate=0.05, max_leaf_nodes=8, min_samples_leaf=20, random_state=SEED`;

/** Where solutions are right depends on the row: trees that see both say by how much the average is to be moved. */
const boosting: Combination = {
  name: "boosting",
  words:
    "Let a few small trees see the solutions' predictions beside the numeric columns: they learn for which rows to trust which, out of fold.",
  suits: ({ blended }) => blended,
  python: (facts) => `${byKind(facts, boostedNumbers(facts), BOOSTED_CLASSES)}


${EQUAL_WEIGHTS}`,
};

const boostedNumbers = (facts: Facts) => `def fit_combination(stack, truth, rows):
    """Small boosted trees on predictions and columns: they learn what the average leaves open."""
    model = HistGradientBoostingRegressor(${SMALL_TREES})
    return model.fit(beside(stack, rows), ${scaled(facts, "truth")} - middle(stack))


def combine(stack, setting, rows):
    """The average, moved by what the trees say."""
    return ${restored(facts, "middle(stack) + setting.predict(beside(stack, rows))")}


def middle(stack):
    """The average of the solutions."""
    return ${scaled(facts, "stack")}.mean(axis=0)


def beside(stack, rows):
    """Predictions and numeric columns side by side."""
    return np.column_stack([*stack, rows[NUMBER_COLUMNS]])`;

const BOOSTED_CLASSES = `def fit_combination(stack, truth, rows):
    """Small boosted trees on probabilities and columns."""
    return HistGradientBoostingClassifier(${SMALL_TREES}).fit(beside(stack, rows), truth)


def combine(stack, setting, rows):
    """What the trees make of the solutions."""
    probabilities = np.zeros(stack.shape[1:])
    probabilities[:, setting.classes_] = setting.predict_proba(beside(stack, rows))
    return probabilities


def beside(stack, rows):
    """Probabilities of all classes but the first, and numeric columns, side by side."""
    return np.column_stack([*stack[:, :, 1:].transpose(0, 2, 1).reshape(-1, stack.shape[1]), rows[NUMBER_COLUMNS]])`;

/** Ways to combine solutions, most promising first. */
export const COMBINATIONS: readonly Combination[] = [average, boosting, stacking];

/** The combination of that name, or plain averaging. */
export const combinationNamed = (name: string): Combination =>
  COMBINATIONS.find((combination) => combination.name === name) ?? average;
