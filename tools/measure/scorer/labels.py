"""Metrics of labels: codes in the order of classes. All but one need only how often each class is true, predicted and hit."""
import numpy as np


class Counts:
    def __init__(self, truth, prediction, size):
        self.truth, self.prediction, self.size = truth, prediction, size
        self.right = truth == prediction
        self.where_right = truth[self.right]

    def of(self, weights):
        """How often each class is true, is predicted, and is both."""
        count = lambda codes, weights: np.bincount(codes, weights=weights, minlength=self.size)
        return count(self.truth, weights), count(self.prediction, weights), count(self.where_right, weights[self.right])


def divide(above, below):
    return np.divide(above, below, out=np.zeros_like(above, dtype=float), where=below > 0)


def accuracy(true, predicted, hit):
    return hit.sum() / true.sum()


def error_rate(true, predicted, hit):
    return 1 - accuracy(true, predicted, hit)


def balanced_accuracy(true, predicted, hit):
    return float(divide(hit, true)[true > 0].mean())


def f1_of_each(true, predicted, hit):
    return divide(2 * hit, true + predicted)


def precision_of_each(true, predicted, hit):
    return divide(hit, predicted)


def recall_of_each(true, predicted, hit):
    return divide(hit, true)


def macro(of_each):
    """Over the classes that occur on either side."""
    return lambda true, predicted, hit: float(of_each(true, predicted, hit)[true + predicted > 0].mean())


def weighted(of_each):
    return lambda true, predicted, hit: float(of_each(true, predicted, hit) @ true / true.sum())


def kappa(true, predicted, hit):
    total = true.sum()
    chance = (true @ predicted) / total**2
    return (hit.sum() / total - chance) / (1 - chance) if chance < 1 else np.nan


def mcc(true, predicted, hit):
    total = true.sum()
    spread = (total**2 - predicted @ predicted) * (total**2 - true @ true)
    return float((hit.sum() * total - true @ predicted) / np.sqrt(spread)) if spread > 0 else 0.0


def of_counts(formula):
    def prepare(truth, prediction, context):
        columns = [Counts(t, p, context["size"]) for t, p in zip(truth.T, prediction.T)]

        def on(weights):
            return float(np.mean([formula(*column.of(weights)) for column in columns])) if weights.any() else np.nan

        on.cost = 12 * truth.size
        return on

    return prepare


def of_positive(of_each):
    """Of the positive class where there are two, else the plain mean over classes."""

    def prepare(truth, prediction, context):
        positive = context["positive"]
        if positive is None or context["size"] > 2:
            return of_counts(macro(of_each))(truth, prediction, context)
        return of_counts(lambda *counts: float(of_each(*counts)[positive]))(truth, prediction, context)

    return prepare


def quadratic_kappa(truth, prediction, context):
    """By the classes as numbers where all are, else by their places."""
    places = context["places"]

    def column(t, p):
        costs = (places[t] - places[p]) ** 2
        counts = Counts(t, p, context["size"])

        def on(weights):
            true, predicted, _ = counts.of(weights)
            total = true.sum()
            means = [true @ places / total, predicted @ places / total]
            squares = [true @ places**2 / total, predicted @ places**2 / total]
            expected = squares[0] + squares[1] - 2 * means[0] * means[1]
            return 1 - (weights @ costs / total) / expected if expected > 0 else np.nan

        return on

    columns = [column(t, p) for t, p in zip(truth.T, prediction.T)]
    on = lambda weights: float(np.mean([one(weights) for one in columns])) if weights.any() else np.nan
    on.cost = 15 * truth.size
    return on


LABEL_FORMULAS = {
    "accuracy": of_counts(accuracy),
    "error_rate": of_counts(error_rate),
    "hamming_loss": of_counts(error_rate),
    "balanced_accuracy": of_counts(balanced_accuracy),
    "f1": of_positive(f1_of_each),
    "precision": of_positive(precision_of_each),
    "recall": of_positive(recall_of_each),
    "f1_macro": of_counts(macro(f1_of_each)),
    "f1_micro": of_counts(accuracy),
    "f1_weighted": of_counts(weighted(f1_of_each)),
    "cohen_kappa": of_counts(kappa),
    "quadratic_kappa": quadratic_kappa,
    "mcc": of_counts(mcc),
}
