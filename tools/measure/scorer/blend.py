"""The best way to join members without training any: its score comes from weights that never saw the lines they are scored on."""
import numpy as np
from combine import combined, decided, into_space
from decide import THRESHOLD, decision_by, decision_for
from formulas import is_one_of
from measure import Standing
from problem import Problem
from stack import stack_of
from weigh import MOST_SCORES, Averages, Own, Squares, binned, labelled, pointwise, weights_of

AREAS = {"roc_auc", "roc_auc_weighted", "average_precision", "gini"}
ORDERS = {"spearman", "kendall_tau", "concordance_index"}
LOGARITHMIC = {"rmsle", "msle"}
ABSOLUTE = {"mae", "medae", "mape", "smape", "wape", "pinball"}
LIKELIHOOD = {"log_loss", "kl_divergence"}
FEWEST_FOLDS, PSEUDO_FOLDS = 3, 5
MOST_MEMBERS = 40
MOST_CELLS = 1.2e8
FEWEST_LABELS = 500
# By how many errors a further way of joining must be better than the first.
CLEARLY = 0.5


class Blender:
    """Members' validation predictions (matrices in the truth's order) against a truth."""

    def __init__(self, metric, truth, arrays, scores):
        self.metric, self.truth = metric, truth
        self.name = metric.row["name"]
        self.labels = truth.predicts == "labels"
        most = max(2, min(MOST_MEMBERS, int(MOST_CELLS / max(arrays[0].size, 1))))
        self.members = np.argsort(-metric.sign * np.array(scores), kind="stable")[:most].tolist()
        self.arrays = [arrays[member] for member in self.members]
        self.goal = np.eye(truth.announced)[truth.values[:, 0]] if self.labels else truth.values
        self.areas = self.name in AREAS and np.isin(truth.values, (0, 1)).all() if not self.labels else False
        self.one = self.labels or truth.predicts == "probabilities" and not self.areas and is_one_of(truth.values)
        self.groups, self.ways = groups_of(truth), {}

    def kinds(self):
        """The ways of joining that the metric and the predictions allow: the first is the usual one."""
        space = self.space()
        ways = [("weights", space)]
        if self.areas and all(0 <= array.min() and array.max() <= 1 for array in self.arrays):
            ways.append(("weights", "chance"))
        chances = self.labels or self.areas or self.truth.predicts == "probabilities"
        numbers = self.truth.predicts == "numbers" and self.name not in ABSOLUTE | ORDERS
        return [*ways, ("stack", space)] if chances or numbers else ways

    def space(self):
        if self.one:
            return "classes"
        if self.areas or self.name in ORDERS:
            return "rank"
        if self.truth.predicts == "probabilities":
            return "chance"
        return "log" if self.name in LOGARITHMIC else "value"

    def way(self, space):
        """What weights in this space are chosen by, with those chosen."""
        if space not in self.ways:
            parts = [into_space(array, space) for array in self.arrays]
            self.ways[space] = (self.objective(parts, space), {})
        return self.ways[space]

    def objective(self, parts, space):
        goal = self.in_space(space)
        if self.metric.custom is not None:
            return self.of_own(parts, goal)
        if self.labels:
            return self.of_labels(parts, goal)
        if self.areas:
            return Averages(parts, self.groups, binned(goal, self.name == "average_precision"))
        if self.name in LIKELIHOOD:
            cost = pointwise(lambda mean, lines: -np.log(np.maximum(mean, 1e-7)))
            return Averages([self.of_truth(part) for part in parts], self.groups, cost)
        if self.name in ABSOLUTE:
            sizes = np.maximum(np.abs(goal), 1e-9) if self.name in ("mape", "smape") else np.ones(goal.shape)
            cost = pointwise(lambda mean, lines: np.abs(mean - goal[lines]) / sizes[lines])
            return Averages(parts, self.groups, cost)
        if self.name in ("r2", "explained_variance"):
            scale = np.maximum(goal.std(axis=0), 1e-12)
            return Squares([part / scale for part in parts], goal / scale, self.groups, correlated=False)
        return Squares(parts, goal, self.groups, correlated=space == "rank" or self.name in ("pearson", "gini"))

    def of_own(self, parts, goal):
        """By the person's own metric, on labels by the highest score."""
        usual = Squares(parts, goal, self.groups, correlated=False)
        seconds = self.metric.prepared(self.truth, self.truth.values).seconds

        def loss(values, without):
            predictions = values.argmax(axis=1)[:, None] if self.labels else values
            score = self.metric.prepared(self.truth, predictions)((~np.isin(self.groups, without)).astype(float))
            return -self.metric.sign * score if np.isfinite(score) else np.inf

        return Own(parts, usual, loss, seconds)

    def of_labels(self, parts, goal):
        """By labels where they are the highest scores and lines are many; else by how good the scores are."""
        classes = self.truth.announced
        by_cuts = self.name == "quadratic_kappa" or classes == 2 and self.name in THRESHOLD
        if by_cuts or min(self.truth.count, MOST_SCORES // classes) < FEWEST_LABELS:
            return Squares(parts, goal, self.groups, correlated=False)
        return Averages(parts, self.groups, labelled(self.truth.values[:, 0], goal), most=MOST_SCORES)

    def in_space(self, space):
        if space == "log":
            return np.log1p(np.maximum(self.goal, 0))
        return into_space(self.goal, "rank") if space == "rank" and not self.areas else self.goal

    def of_truth(self, part):
        """What a prediction gives to what is true: averages of predictions are averages of these."""
        if self.one:
            return (self.goal * part).sum(axis=1)
        return self.goal * part + (1 - self.goal) * (1 - part)

    def fitted(self, kind, space, without):
        """Settings that leave a group of lines (-1: none) out of sight."""
        objective, known = self.way(space)
        if without not in known:
            known[without] = weights_of(objective, self.groups, without)
        weights, seen = known[without], self.groups != without
        settings = {"kind": kind, "space": space, "one": self.one, "decision": None}
        used = np.flatnonzero(weights)
        if kind == "stack":
            used, settings["factors"], settings["offsets"] = stack_of(
                self.arrays, self.in_space(space), weights, space, self.one, np.flatnonzero(seen)
            )
        settings["members"] = [{"place": int(place), "weight": float(weights[place])} for place in used]
        if self.labels:
            scores, truth = self.applied(settings)[seen], self.truth.values[seen, 0]
            settings["decision"] = self.decision(scores, truth, seen)
        return settings

    def decision(self, scores, truth, seen):
        if self.metric.custom is None:
            return decision_for(self.name, scores, truth, self.metric.context(self.truth, self.truth.values))
        lines = self.truth.part(seen)
        return decision_by(lambda codes: self.metric.sign * self.metric.score(lines, codes[:, None]), scores, self.truth.positive)

    def applied(self, settings):
        return combined([self.arrays[member["place"]] for member in settings["members"]], settings)

    def nested(self, kind, space):
        """Predictions for each group of lines by settings fitted on the others, with the scores that labels come from."""
        values = np.zeros(self.goal.shape)
        codes = np.zeros((self.truth.count, 1), dtype=int)
        for group in range(self.groups.max() + 1):
            settings, lines = self.fitted(kind, space, group), self.groups == group
            values[lines] = self.applied(settings)[lines]
            if self.labels:
                codes[lines, 0] = decided(values[lines], settings["decision"])
        return (codes if self.labels else values), values

    def best(self):
        """The nested standing of the best way, with its predictions, its scores, and its settings on all lines."""
        found = None
        for kind, space in self.kinds():
            try:
                predictions, values = self.nested(kind, space)
                standing = Standing(self.metric, self.truth, predictions)
            except (Problem, np.linalg.LinAlgError):
                continue  # in this way there is none
            gain = standing.gain(found[0]) if found else None
            if gain is None or gain["gain"] > CLEARLY * gain["error"]:
                found = (standing, predictions, values, kind, space)
        return found and (*found[:3], self.fitted(*found[3:], -1))


def groups_of(truth):
    """The folds; where there are few, whole units spread at random."""
    folds = truth.folds
    if folds is not None and folds.max(initial=0) + 1 >= FEWEST_FOLDS and np.bincount(folds).min() > 0:
        return folds
    names = len(truth.unit_names)
    return np.random.default_rng(0).permutation(np.arange(names) % min(PSEUDO_FOLDS, names))[truth.units]
