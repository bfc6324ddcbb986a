"""Metrics that see only the order of predictions: each distinct value is a step, and lines are counted by step."""
import numpy as np


class Steps:
    """Predictions as steps from the lowest to the highest; ties share one."""

    def __init__(self, values):
        distinct, self.of = np.unique(values, return_inverse=True)
        self.count = len(distinct)

    def sums(self, weights):
        return np.bincount(self.of, weights=weights, minlength=self.count)

    def ranks(self, weights):
        """The middle rank of each line among those that are selected."""
        counts = self.sums(weights)
        return (np.cumsum(counts) - counts / 2)[self.of]


def area(truth, prediction):
    """AUC of one column, with the influence of each line on it (DeLong's placement values)."""
    steps = Steps(prediction)
    positive = truth > 0.5

    def on(weights):
        hits = steps.sums(weights * positive)
        misses = steps.sums(weights * ~positive)
        both = hits.sum() * misses.sum()
        return float(hits @ (np.cumsum(misses) - misses / 2) / both) if both > 0 else np.nan

    ones = np.ones(len(truth))
    ups, downs = positive.sum(), (~positive).sum()
    on.positive = positive
    if ups == 0 or downs == 0:
        on.influence = np.zeros(len(truth))
        return on
    below = (steps.ranks(~positive * ones)) / downs
    above = 1 - steps.ranks(positive * ones) / ups
    score = on(ones)
    on.influence = np.where(positive, (below - score) / ups, (above - score) / downs)
    return on


def auc(truth, prediction, context):
    return over_columns([area(t, p) for t, p in zip(truth.T, prediction.T)])


def auc_weighted(truth, prediction, context):
    """Columns count by how many lines are theirs."""
    columns = [area(t, p) for t, p in zip(truth.T, prediction.T)]
    return over_columns(columns, lambda weights: np.array([weights @ column.positive for column in columns]))


def over_columns(columns, shares=None):
    """The mean over columns that have a score; one class alone has none."""
    shares = shares or (lambda weights: np.ones(len(columns)))

    def parts(weights):
        scores = np.array([column(weights) for column in columns])
        counted = np.where(np.isfinite(scores), shares(weights), 0)
        return np.nan_to_num(scores), counted / counted.sum() if counted.sum() > 0 else counted * np.nan

    def on(weights):
        scores, counted = parts(weights)
        return float(scores @ counted)

    _, counted = parts(np.ones(len(columns[0].influence)))
    on.influence = sum(share * column.influence for share, column in zip(counted, columns))
    return on


def column_mean(column, cost):
    def prepare(truth, prediction, context):
        columns = [column(t, p) for t, p in zip(truth.T, prediction.T)]

        def on(weights):
            scores = [one(weights) for one in columns]
            known = [score for score in scores if np.isfinite(score)]
            return float(np.mean(known)) if known else np.nan

        on.cost = cost * truth.size
        return on

    return prepare


def average_precision(truth, prediction):
    steps = Steps(-prediction)
    positive = truth > 0.5

    def on(weights):
        hits, all_of = steps.sums(weights * positive), steps.sums(weights)
        seen = np.cumsum(all_of)
        precision = np.cumsum(hits) / np.where(seen > 0, seen, 1)
        return float(hits @ precision / hits.sum()) if hits.sum() > 0 else np.nan

    return on


def gini(truth, prediction):
    """Of amounts (normalised); for two classes it is 2 AUC - 1, by the same formula."""
    steps, best = Steps(-prediction), Steps(-truth)

    def raw(of, weights):
        amounts, counts = of.sums(weights * truth), of.sums(weights)
        return amounts @ (weights.sum() / 2 - (np.cumsum(counts) - counts / 2))

    def on(weights):
        most = raw(best, weights)
        return float(raw(steps, weights) / most) if most > 0 else np.nan

    return on


def spearman(truth, prediction):
    first, second = Steps(truth), Steps(prediction)

    def on(weights):
        x, y = first.ranks(weights), second.ranks(weights)
        total = weights.sum()
        x, y = x - weights @ x / total, y - weights @ y / total
        below = np.sqrt((weights @ (x * x)) * (weights @ (y * y)))
        return float(weights @ (x * y) / below) if below > 1e-9 else np.nan

    return on


def pairs_tied(steps, weights):
    counts = steps.sums(weights > 0)
    return (counts * (counts - 1)).sum() / 2


def kendall(truth, prediction):
    from scipy.stats import kendalltau

    def on(weights):
        kept = weights > 0
        return float(kendalltau(truth[kept], prediction[kept]).statistic) if kept.sum() > 1 else np.nan

    return on


def concordance(truth, prediction):
    """The share of pairs with different truths that are in the right order; ties are half right. Nothing is censored."""
    tau = kendall(truth, prediction)
    first, second = Steps(truth), Steps(prediction)

    def on(weights):
        count = (weights > 0).sum()
        pairs = count * (count - 1) / 2
        apart, told = pairs - pairs_tied(first, weights), pairs - pairs_tied(second, weights)
        if apart <= 0:
            return np.nan
        return float((1 + (tau(weights) * np.sqrt(told / apart) if told > 0 else 0)) / 2)

    return on


def ranking_precision(by_label):
    """How far up a line's true labels stand among all: by line, or every true label alike."""

    def prepare(truth, prediction, context):
        of_labels = truth > 0.5
        precision = np.zeros(truth.shape)
        for place in range(truth.shape[1]):
            before = prediction >= prediction[:, place : place + 1]
            precision[:, place] = (before & of_labels).sum(axis=1) / before.sum(axis=1)
        hits = (precision * of_labels).sum(axis=1)
        counts = of_labels.sum(axis=1)

        def on(weights):
            if by_label:
                return float(weights @ hits / (weights @ counts)) if weights @ counts > 0 else np.nan
            means = np.where(counts > 0, hits / np.maximum(counts, 1), 1.0)
            return float(weights @ means / weights.sum())

        return on

    return prepare


RANK_FORMULAS = {
    "roc_auc": auc,
    "roc_auc_weighted": auc_weighted,
    "average_precision": column_mean(average_precision, 12),
    "gini": column_mean(gini, 12),
    "spearman": column_mean(spearman, 20),
    "kendall_tau": column_mean(kendall, 500),
    "concordance_index": column_mean(concordance, 550),
    "lrap": ranking_precision(by_label=False),
    "lwlrap": ranking_precision(by_label=True),
}
