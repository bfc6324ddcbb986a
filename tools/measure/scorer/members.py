"""Predictions of members as matrices: from the submission's own columns, or where labels are asked for, from arrays of scores."""
import os
import re

import numpy as np
from combine import normalised
from problem import Problem
from read_predictions import read_array

NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")
MOST_BYTES = 1.5 * 2**30
LEAST_AGREEMENT = 0.5
LEAST_ALIKE = 0.2


class Members:
    """Reads each array once as long as there is room: the latest stay."""

    def __init__(self, truth, lines):
        self.truth, self.lines = truth, lines
        self.labels = truth.predicts == "labels"
        self.width = len(truth.labels) if self.labels else len(truth.columns)
        self.kept = {}

    def blendable(self):
        """Why nothing of this task can be blended; null when it can."""
        if self.truth.predicts == "texts":
            return "texts are not blended"
        if self.labels and (len(self.truth.columns) > 1 or not self.truth.announced):
            return "labels of several columns are not blended"
        return None

    def validation(self, final, name):
        return self.known(final, name, "validation", self.truth)

    def test(self, final, name):
        return self.known(final, name, "test", self.lines)

    def known(self, final, name, part, lines):
        path = os.path.join(final, *self.file(name, part))
        state = os.stat(path) if os.path.isfile(path) else None
        key = (path, state and (state.st_mtime_ns, state.st_size))
        if key not in self.kept:
            self.kept[key] = self.read(path, "final/" + "/".join(self.file(name, part)), lines)
        self.kept[key] = self.kept.pop(key)
        while sum(array.nbytes for array in self.kept.values()) > MOST_BYTES and len(self.kept) > 1:
            del self.kept[next(iter(self.kept))]
        return self.kept[key]

    def file(self, name, part):
        if name != "":
            return ["members", f"{name}_{part}.npy"]
        if self.labels:
            return [f"{part}_scores.npy"]
        return ["validation.csv" if part == "validation" else "submission.csv"]

    def read(self, path, shown, lines):
        if path.endswith(".npy"):
            array = read_array(path, shown, (lines.count, self.width))
            return normalised(array).astype(np.float32) if self.labels else array.astype(float)
        return lines.predictions(path, shown)

    def check_order(self, final, name, values, test):
        """That a member's test predictions are in the order of the sample: else it would spoil every blend, and no score would show it."""
        try:
            own = (self.check(final, ""), self.test(final, ""))
        except Problem:
            return
        in_validation, in_test = (alike(one, other) for one, other in zip((values, test), own))
        if in_validation > LEAST_ALIKE and in_test < LEAST_AGREEMENT * in_validation:
            raise Problem(
                f"final/members/{name}_test.npy does not go with final/submission.csv: they correlate by {in_test:.2f}, and by {in_validation:.2f} "
                "in validation; write its lines in the order of the sample submission, which need not be that of the test set"
            )

    def left_in(self, final):
        """The names of all that an attempt left: its own predictions, and members apart."""
        folder = os.path.join(final, "members")
        files = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
        names = [file.removesuffix("_validation.npy") for file in files if file.endswith("_validation.npy")]
        return ["", *[name for name in names if NAME.match(name)]]

    def check(self, final, name):
        """That a member can be blended; a problem when it cannot."""
        values, test = self.validation(final, name), self.test(final, name)
        if name != "":
            self.check_order(final, name, values, test)
            return values
        if not self.labels:
            return values
        # Test scores in another order than the submission would spoil every blend, and no score would show it.
        agreement = [
            float(np.mean(array.argmax(axis=1) == lines.predictions(os.path.join(final, file), file)[:, 0]))
            for array, lines, file in ((values, self.truth, "validation.csv"), (test, self.lines, "submission.csv"))
        ]
        if agreement[1] < LEAST_AGREEMENT * agreement[0]:
            raise Problem(
                f"final/test_scores.npy does not go with final/submission.csv: the highest score is that of the label in {agreement[1]:.0%} "
                f"of the lines, and {agreement[0]:.0%} in validation; write the lines in the sample's order and the columns in that of ./input/classes.csv"
            )
        return values


def alike(one, other):
    """How two matrices of predictions rank the lines alike, on average over their columns: 1 for equal orders, about 0 for unrelated ones."""
    ranks = [np.argsort(np.argsort(array, axis=0, kind="stable"), axis=0, kind="stable").astype(float) for array in (one, other)]
    centred = [array - array.mean(axis=0) for array in ranks]
    spread = np.sqrt((centred[0] ** 2).sum(axis=0) * (centred[1] ** 2).sum(axis=0))
    return float(np.mean((centred[0] * centred[1]).sum(axis=0) / np.where(spread == 0, 1, spread)))
