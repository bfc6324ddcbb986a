"""What predictions are held against: a table of the truth, and how its lines belong to units and folds."""
import json
import os

import numpy as np
import pandas as pd
from read_predictions import keys_of, numbers, order_by_ids, plain_label, read_table

OWN = ("__unit", "__fold", "__half", "__line")


class Truth:
    """Lines of truth in the submission's columns; `task` has metric, idColumns, columns, predicts, classes, positive."""

    def __init__(self, task, table, like, size):
        self.task, self.like, self.size = task, like, size
        self.ids, self.columns, self.predicts = task["idColumns"], task["columns"], task["predicts"]
        self.count = len(table)
        self.keys = keys_of(table, self.ids) if self.ids else np.arange(len(table))
        self.table = table
        units = table["__unit"] if "__unit" in table else pd.Series(np.arange(len(table)))
        self.unit_names, self.units = np.unique(units.to_numpy(), return_inverse=True)
        self.folds = table["__fold"].to_numpy(dtype=int) if "__fold" in table else None
        # Labels are codes in the order of classes; those that nobody announced come after them.
        self.codes = {}
        self.positive = None
        if self.predicts == "labels":
            for label in task["classes"]:
                self.codes.setdefault(plain_label(label), len(self.codes))
            self.announced = len(self.codes)
        self.values = self.read(table, "the truth", strict=False)
        if self.predicts == "labels":
            self.order_labels()

    def order_labels(self):
        """Without announced classes those of the truth, in order."""
        if not self.announced:
            labels = sorted(self.codes, key=label_order)
            place = np.empty(len(labels), dtype=int)
            for new, label in enumerate(labels):
                place[self.codes[label]] = new
            self.values = place[self.values]
            self.codes = {label: new for new, label in enumerate(labels)}
        self.labels = list(self.codes)
        positive = self.task.get("positive")
        self.positive = self.codes.get(plain_label(positive)) if positive is not None else None
        if self.positive is None and len(self.labels) == 2:
            self.positive = 1

    def read(self, table, name, strict=True):
        """The prediction columns as a matrix: numbers, codes of labels, or texts."""
        if self.predicts in ("numbers", "probabilities"):
            return numbers(table, self.columns, name, within=(0, 1) if strict and self.task["metric"] in BOUNDED else None)
        cells = [table[column].astype(str).to_numpy(dtype=object) for column in self.columns]
        if self.predicts == "texts":
            return np.column_stack(cells)
        return np.column_stack([self.coded(column, labels, name, strict) for column, labels in zip(self.columns, cells)])

    def coded(self, column, cells, name, strict):
        from problem import Problem
        from read_predictions import several, shown

        kinds, inverse = np.unique(cells.astype(str), return_inverse=True)
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

    def predictions(self, path, name):
        """What the file predicts, in the order of the truth."""
        numeric = self.columns if self.predicts in ("numbers", "probabilities") else []
        form = {"columns": [*self.ids, *self.columns], "ids": self.ids, "numeric": numeric, "count": self.count, "like": self.like}
        table = read_table(path, name, form, truth_bytes=self.size)
        order = order_by_ids(table, self.ids, self.keys, name, form)
        return self.read(table, name)[order]

    def part(self, rows):
        """The truth of some lines alone."""
        return Truth(self.task, self.table.iloc[rows].reset_index(drop=True), self.like, self.size)


# Metrics that take probabilities at their word; those that rank take any number.
BOUNDED = {"log_loss", "brier", "kl_divergence"}


def label_order(label):
    """Numbers by size, before texts."""
    try:
        return (0, float(label), label)
    except ValueError:
        return (1, 0.0, label)


def read_truth(path, task, like=""):
    """A file of the truth; `like` says in problems what a prediction must look like."""
    numeric = set(task["columns"]) if task["predicts"] in ("numbers", "probabilities") else set()
    header = list(pd.read_csv(path, nrows=0, encoding="utf-8-sig").columns)
    types = {column: object for column in header if column not in numeric and column not in OWN}
    table = pd.read_csv(path, encoding="utf-8-sig", na_filter=False, dtype=types, low_memory=False)
    return Truth(task, table, like, os.path.getsize(path))


def read_task(folder):
    with open(os.path.join(folder, "truth.json")) as file:
        return json.load(file)
