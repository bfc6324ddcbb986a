"""Every metric by its name: what prepares truth and prediction, and then scores any selection of lines at once.

A formula takes (truth, prediction, context) and gives a function of line weights (1 and 0, or 2 and 0): the score, NaN where
there is none. Preparing costs once what resampling would pay hundreds of times. `cost` says roughly what one call takes.
"""
import numpy as np
from labels import LABEL_FORMULAS
from ranking import RANK_FORMULAS
from texts import TEXT_FORMULAS

SMALLEST = 1e-15


def mean_of(loss, link=None):
    """The mean of what each line costs, all columns alike, through a link."""

    def prepare(truth, prediction, context):
        losses = loss(truth, prediction)

        def on(weights):
            mean = weights @ losses / weights.sum()
            return float(np.mean(mean if link is None else link(mean)))

        return on

    return prepare


def of_sums(parts, combine):
    """A function of sums over lines, by column."""

    def prepare(truth, prediction, context):
        columns = [np.column_stack([np.ones(len(truth)), *parts(t, p)]) for t, p in zip(truth.T, prediction.T)]
        return lambda weights: float(np.mean([combine(*(weights @ sums)) for sums in columns]))

    return prepare


def squared(truth, prediction):
    return (truth - prediction) ** 2


def squared_log(truth, prediction):
    return (np.log1p(np.maximum(truth, 0)) - np.log1p(np.maximum(prediction, 0))) ** 2


def absolute(truth, prediction):
    return np.abs(truth - prediction)


def relative(truth, prediction):
    return absolute(truth, prediction) / np.maximum(np.abs(truth), np.finfo(float).eps)


def symmetric(truth, prediction):
    size = np.abs(truth) + np.abs(prediction)
    return np.where(size > 0, 200 * absolute(truth, prediction) / np.where(size > 0, size, 1), 0.0)


def divided(above, below):
    return above / below if below > 0 else np.nan


def r2(n, t, tt, ee):
    return 1 - divided(ee, tt - t * t / n)


def explained(n, t, tt, e, ee):
    return 1 - divided(ee - e * e / n, tt - t * t / n)


def correlation(n, x, y, xx, yy, xy):
    return divided(xy - x * y / n, np.sqrt(max((xx - x * x / n) * (yy - y * y / n), 0)))


def centred(values):
    """About the mean; what varies by rounding alone does not vary."""
    about = values - values.mean()
    return about if np.abs(about).max() > 1e-12 * np.abs(values).max() else np.zeros(len(values))


def products(truth, prediction):
    x, y = centred(truth), centred(prediction)
    return x, y, x * x, y * y, x * y


def normalised(prediction):
    """Rows as probabilities of one class each."""
    clipped = np.clip(prediction, 0, None)
    total = clipped.sum(axis=1, keepdims=True)
    return np.where(total > 0, clipped / np.where(total > 0, total, 1), 1 / prediction.shape[1])


def is_one_of(truth):
    """Whether the columns of a line share one unit of probability."""
    return truth.shape[1] > 1 and np.allclose(truth.sum(axis=1), 1)


def log_loss(truth, prediction):
    if is_one_of(truth):
        return -(truth * np.log(np.clip(normalised(prediction), SMALLEST, 1))).sum(axis=1)
    clipped = np.clip(prediction, SMALLEST, 1 - SMALLEST)
    return -(truth * np.log(clipped) + (1 - truth) * np.log1p(-clipped))


def brier(truth, prediction):
    return squared(truth, prediction).sum(axis=1) if is_one_of(truth) else squared(truth, prediction)


def kl_divergence(truth, prediction):
    known = np.clip(truth, SMALLEST, 1)
    return (truth * (np.log(known) - np.log(np.clip(normalised(prediction), SMALLEST, 1)))).sum(axis=1)


def pinball(truth, prediction, context):
    levels = np.array([context["levels"].get(place, 0.5) for place in range(truth.shape[1])])
    error = truth - prediction
    return mean_of(lambda t, p: np.maximum(levels * error, (levels - 1) * error))(truth, prediction, context)


def subset(score, cost):
    """Any function of two columns, on the lines that are selected."""

    def prepare(truth, prediction, context):
        def on(weights):
            kept = weights > 0
            return float(np.mean([score(t[kept], p[kept]) for t, p in zip(truth.T, prediction.T)]))

        on.cost = cost * truth.size
        return on

    return prepare


NUMBER_FORMULAS = {
    "rmse": mean_of(squared, np.sqrt),
    "mse": mean_of(squared),
    "rmsle": mean_of(squared_log, np.sqrt),
    "msle": mean_of(squared_log),
    "mae": mean_of(absolute),
    "mape": mean_of(relative),
    "smape": mean_of(symmetric),
    "wape": of_sums(lambda t, p: (np.abs(t), np.abs(t - p)), lambda n, size, error: divided(error, size)),
    "medae": subset(lambda t, p: np.median(np.abs(t - p)) if len(t) else np.nan, 15),
    "pinball": pinball,
    "r2": of_sums(lambda t, p: (centred(t), centred(t) ** 2, squared(t, p)), r2),
    "explained_variance": of_sums(lambda t, p: (centred(t), centred(t) ** 2, t - p, squared(t, p)), explained),
    "pearson": of_sums(products, correlation),
    "log_loss": mean_of(log_loss),
    "brier": mean_of(brier),
    "kl_divergence": mean_of(kl_divergence),
}
FORMULAS = {**NUMBER_FORMULAS, **RANK_FORMULAS, **LABEL_FORMULAS, **TEXT_FORMULAS}
