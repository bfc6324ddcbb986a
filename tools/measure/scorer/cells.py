"""What stands in prediction columns, as a matrix: numbers, codes of labels, or texts."""
import numpy as np
import pandas as pd
from problem import Problem
from read_predictions import numbers, plain_label, several, shown

# Metrics that take probabilities at their word; those that rank take any number.
BOUNDED = {"log_loss", "brier", "kl_divergence"}


class Cells:
    """Labels are codes in the order of classes; those that nobody announced come after them."""

    def __init__(self, task):
        self.task, self.columns, self.predicts = task, task["columns"], task["predicts"]
        self.codes = {}
        for label in task["classes"] if self.predicts == "labels" else []:
            self.codes.setdefault(plain_label(label), len(self.codes))
        self.announced = len(self.codes)

    @property
    def numeric(self):
        return self.columns if self.predicts in ("numbers", "probabilities") else []

    def learn(self, table):
        """Where no classes were announced, those of the truth, in order."""
        if self.predicts == "labels" and not self.codes:
            found = {plain_label(cell) for column in self.columns for cell in pd.unique(table[column])}
            self.codes = {label: code for code, label in enumerate(sorted(found, key=label_order))}

    def read(self, table, name, strict=True):
        if self.numeric:
            bounded = strict and self.predicts == "probabilities" and self.task["metric"] in BOUNDED
            return numbers(table, self.columns, name, within=(0, 1) if bounded else None)
        cells = {column: table[column].astype(str).to_numpy(dtype=object) for column in self.columns}
        if self.predicts == "texts":
            return np.column_stack(list(cells.values()))
        return np.column_stack([self.coded(column, labels, name, strict) for column, labels in cells.items()])

    def coded(self, column, cells, name, strict):
        inverse, kinds = pd.factorize(cells)
        codes = np.empty(len(kinds), dtype=int)
        for place, kind in enumerate(kinds):
            label = plain_label(kind)
            if label not in self.codes:
                if strict and self.announced:
                    line = int((inverse == place).argmax())
                    raise Problem(f"{name}, line {line + 2}, column {column}: {shown(kind)} is none of the classes ({several(list(self.codes), 8)}).")
                self.codes[label] = len(self.codes)
            codes[place] = self.codes[label]
        return codes[inverse]


def label_order(label):
    """Numbers by size, before texts."""
    try:
        return (0, float(label), label)
    except ValueError:
        return (1, 0.0, label)
