"""The best way to join members without training any: its score comes from weights that never saw the lines they are scored on."""
import numpy as np
from combine import combined, decided, into_space
from decide import decision_for
from formulas import is_one_of
from measure import Standing
from problem import Problem
from stack import stack_of
from weigh import Pointwise, Squares, weights_of

RANKING = {"roc_auc", "roc_auc_weighted", "average_precision", "gini", "spearman", "kendall_tau", "concordance_index"}
LOGARITHMIC = {"rmsle", "msle"}
ABSOLUTE = {"mae", "medae", "mape", "smape", "wape", "pinball"}
LIKELIHOOD = {"log_loss", "kl_divergence"}
FEWEST_FOLDS, PSEUDO_FOLDS = 3, 5
MOST_MEMBERS = 60


class Blender:
    """Members' validation predictions (matrices in the truth's order) against a truth."""

    def __init__(self, metric, truth, arrays, scores):
        self.metric, self.truth = metric, truth
        self.name = metric.row["name"]
        self.labels = truth.predicts == "labels"
        order = np.argsort(-metric.sign * np.array(scores), kind="stable")[:MOST_MEMBERS]
        self.members, self.arrays = order.tolist(), [arrays[member] for member in order]
        self.goal = np.eye(len(truth.labels))[truth.values[:, 0]] if self.labels else truth.values
        chances = truth.predicts == "probabilities" and self.name not in RANKING
        self.one = self.labels or chances and is_one_of(truth.values)
        self.space = self.space_of()
        self.groups, self.weights = groups_of(truth), {}
        self.parts = [into_space(array, self.space) for array in self.arrays]
        self.objective = self.objective_of()

    def space_of(self):
        if self.labels or self.one:
            return "classes"
        if self.name in RANKING:
            return "rank"
        return "log" if self.name in LOGARITHMIC else "value"

    def objective_of(self):
        goal = np.log1p(np.maximum(self.goal, 0)) if self.space == "log" else self.goal
        if self.name in LIKELIHOOD and not self.labels:
            hits = [self.of_truth(part) for part in self.parts]
            return Pointwise(hits, lambda mean, kept: -np.log(np.maximum(mean, 1e-7)), self.groups)
        if self.name in ABSOLUTE:
            flat = goal.ravel()
            sizes = np.maximum(np.abs(flat), 1e-9) ** -1 if self.name in ("mape", "smape") else np.ones(len(flat))
            return Pointwise(self.parts, lambda mean, kept: np.abs(mean - flat[kept]) * sizes[kept], self.groups)
        if self.name in ("r2", "explained_variance"):
            scale = np.maximum(goal.std(axis=0), 1e-12)
            return Squares([part / scale for part in self.parts], goal / scale, self.groups, correlated=False)
        if self.name == "spearman":
            goal = into_space(goal, "rank")
        return Squares(self.parts, goal, self.groups, correlated=self.space == "rank" or self.name == "pearson")

    def of_truth(self, part):
        """What a prediction gives to what is true: averages of predictions are averages of these."""
        if self.one:
            return (self.goal * part).sum(axis=1)
        return self.goal * part + (1 - self.goal) * (1 - part)

    def fitted(self, kind, without):
        """Settings that leave a group of lines (-1: none) out of sight."""
        if without not in self.weights:
            self.weights[without] = weights_of(self.objective, len(self.parts), without)
        weights, seen = self.weights[without], self.groups != without
        settings = {"kind": kind, "space": self.space, "one": self.one, "decision": None}
        used = np.flatnonzero(weights)
        if kind == "stack":
            goal = np.log1p(np.maximum(self.goal, 0)) if self.space == "log" else self.goal
            used, settings["factors"], settings["offsets"] = stack_of(
                self.arrays, goal, weights, self.space, self.one, np.flatnonzero(seen)
            )
        settings["members"] = [{"place": int(place), "weight": float(weights[place])} for place in used]
        if self.labels:
            scores, truth = self.applied(settings)[seen], self.truth.values[seen, 0]
            settings["decision"] = decision_for(self.name, scores, truth, self.metric.context(self.truth, self.truth.values))
        return settings

    def applied(self, settings):
        return combined([self.arrays[member["place"]] for member in settings["members"]], settings)

    def nested(self, kind):
        """Predictions for each group of lines by settings fitted on the others, with the scores that labels come from."""
        values = np.zeros(self.goal.shape)
        codes = np.zeros((self.truth.count, 1), dtype=int)
        for group in range(self.groups.max() + 1):
            settings, lines = self.fitted(kind, group), self.groups == group
            values[lines] = self.applied(settings)[lines]
            if self.labels:
                codes[lines, 0] = decided(values[lines], settings["decision"])
        return (codes if self.labels else values), values

    def kinds(self):
        """A stack of numbers or of logits, where the truth lets it be fitted."""
        is_chance = self.labels or self.truth.values.min() >= 0 and self.truth.values.max() <= 1
        stackable = self.space in ("value", "log") and self.truth.predicts == "numbers" and self.name not in ABSOLUTE
        return ["weights", *(["stack"] if stackable or is_chance and self.truth.predicts != "numbers" else [])]

    def best(self):
        """The standing of the better kind, nested, with its predictions and its settings on all lines: a stack must be clearly better."""
        found = None
        for kind in self.kinds():
            try:
                predictions, values = self.nested(kind)
                standing = Standing(self.metric, self.truth, predictions)
            except (Problem, np.linalg.LinAlgError):
                continue  # of this kind there is none
            gain = standing.gain(found[0]) if found else None
            if gain is None or gain["gain"] > gain["error"]:
                found = (standing, predictions, values, kind)
        if found is None:
            return None
        standing, predictions, values, kind = found
        return standing, predictions, values, self.fitted(kind, -1)


def groups_of(truth):
    """The folds; where there are few, whole units spread at random."""
    folds = truth.folds
    if folds is not None and folds.max(initial=0) + 1 >= FEWEST_FOLDS and np.bincount(folds).min() > 0:
        return folds
    names = len(truth.unit_names)
    return np.random.default_rng(0).permutation(np.arange(names) % min(PSEUDO_FOLDS, names))[truth.units]
