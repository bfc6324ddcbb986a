import type { Facts } from "../recipe/facts.ts";

const LIKELIEST = `def tune_decision(probabilities, truth):
    """Nothing to tune: the likeliest class is chosen."""


def decide(probabilities, setting):
    """The likeliest class."""
    return probabilities.argmax(axis=1)`;

const WEIGHTS = `def tune_decision(probabilities, truth):
    """Class weights that raise the metric, found by trying steps for one class at a time."""
    weights = np.ones(probabilities.shape[1])
    best = metric(truth, decide(probabilities, weights))
    for _ in range(2):
        for label in np.argsort(-np.bincount(truth, minlength=len(weights)))[::-1][:20]:
            for step in (0.3, 0.5, 0.7, 0.85, 1.2, 1.5, 2, 3):
                trial = weights.copy()
                trial[label] *= step
                value = metric(truth, decide(probabilities, trial))
                if value > best:
                    best, weights = value, trial
    return weights


def decide(probabilities, setting):
    """The class with the highest weighted probability."""
    return (probabilities * setting).argmax(axis=1)`;

const CUTS = `def tune_decision(probabilities, truth):
    """Cut points of the expected class that give each class its share of the rows."""
    expected = probabilities @ np.arange(probabilities.shape[1])
    shares = np.bincount(truth, minlength=probabilities.shape[1]).cumsum()[:-1] / len(truth)
    return np.quantile(expected, shares)


def decide(probabilities, setting):
    """The expected class (a number), cut into classes."""
    return np.searchsorted(setting, probabilities @ np.arange(probabilities.shape[1]))`;

const BY_METRIC: Readonly<Record<string, string>> = {
  accuracy: LIKELIEST,
  f1_micro: LIKELIEST,
  quadratic_kappa: CUTS,
};

/** Python of `tune_decision` and `decide`: how probabilities become labels under the task's metric. */
export const decisions = ({ task }: Facts): string => BY_METRIC[task.metric] ?? WEIGHTS;
