"""A score with all that is known of it: error, interval, folds, the difference to another's on the same units."""
import re

import numpy as np
from formulas import FORMULAS
from labels import LABEL_FORMULAS
from problem import Problem
from texts import TEXT_FORMULAS
from uncertainty import deviation, draws_of, interval, redraw


class Metric:
    """The task's metric: its row of the table, or a person's own function of two data frames."""

    def __init__(self, name, row, custom=None):
        self.name, self.custom = name, custom
        self.row = row
        self.sign = 1 if row["direction"] == "maximize" else -1
        # `MAP@5` says how long a list may count.
        self.k = int(found[0]) if (found := re.findall(r"@\s*(\d+)", name)) else None

    def predicts(self, stated):
        """What the formula needs, whatever the columns look like: labels may be written as numbers."""
        needed = {**dict.fromkeys(LABEL_FORMULAS, "labels"), **dict.fromkeys(TEXT_FORMULAS, "texts")}
        if self.custom is not None or stated in ("numbers", "probabilities") and self.row["name"] not in needed:
            return stated
        return needed.get(self.row["name"], "numbers")

    def prepared(self, truth, values):
        """A function from weights of lines to the score."""
        if self.custom is not None:
            return self.custom(truth, values)
        formula = FORMULAS.get(self.row["name"])
        if formula is None:
            raise Problem(f"The metric {self.row['name']} cannot be computed.")
        return formula(truth.values, values, self.context(truth, values))

    def context(self, truth, values):
        if self.row["name"] not in LABEL_FORMULAS:
            return {"k": self.k, "levels": levels_of(truth.columns)}
        size = max(len(truth.cells.codes), int(values.max(initial=0)) + 1)
        places = np.arange(size, dtype=float)
        known = list(truth.cells.codes)[:size]
        if all(is_number(label) for label in known):
            places[: len(known)] = [float(label) for label in known]
        return {"size": size, "positive": truth.positive, "places": places}

    def score(self, truth, values):
        return self.prepared(truth, values)(np.ones(truth.count))


def is_number(text):
    try:
        return np.isfinite(float(text))
    except ValueError:
        return False


def levels_of(columns):
    """The quantile that each column asks for, by its name: `q0.9`, `quantile_90`."""
    found = {place: re.search(r"(0?\.\d+|\d{1,2})$", column) for place, column in enumerate(columns)}
    return {place: float(hit[0]) if "." in hit[0] else float(hit[0]) / 100 for place, hit in found.items() if hit}


class Standing:
    """One set of predictions against the truth: what it scores, and on the draws."""

    def __init__(self, metric, truth, values):
        on = metric.prepared(truth, values)
        ones = np.ones(truth.count)
        self.metric, self.truth = metric, truth
        self.score = float(on(ones))
        if not np.isfinite(self.score):
            raise Problem(f"The metric {metric.name} is not defined for these predictions: are they all the same?")
        self.draws = redraw(on, self.score, truth.units, draws_of(on, truth.count))
        self.error = deviation(self.draws)
        self.folds = by_fold(on, truth)

    def measurement(self):
        units = len(self.truth.unit_names)
        ends = interval(self.score, self.error, self.metric.row["scale"], units, self.truth.values.size)
        return {"score": self.score, "error": self.error, "interval": ends, "folds": self.folds}

    def gain(self, other):
        sign = self.metric.sign
        return {"gain": sign * (self.score - other.score), "error": deviation(self.draws - other.draws)}


def by_fold(on, truth):
    """The score of each fold; null where it has none."""
    folds = [] if truth.folds is None else range(truth.folds.max() + 1)
    return [number(on((truth.folds == fold).astype(float))) for fold in folds]


def number(value):
    return float(value) if np.isfinite(value) else None
