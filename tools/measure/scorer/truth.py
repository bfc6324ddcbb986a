"""Lines that are asked about, and what predictions for them are held against."""
import os

import numpy as np
import pandas as pd
from problem import Problem
from read_predictions import in_brief, keys_of, longest, order_by_ids, read_table

OWN = ("__unit", "__cluster", "__fold", "__half", "__line")
MOST_TIMES_LONGER, SLACK_CHARACTERS = 20, 10_000


class Lines:
    """How a file of predictions is read for lines in their order: by ids whatever its own order, else by `places` in it."""

    def __init__(self, cells, table, like, size, total=None, places=None):
        self.cells, self.like, self.size = cells, like, size
        self.ids = cells.task["idColumns"]
        self.count, self.total = len(table), len(table) if total is None else total
        self.keys = keys_of(table, self.ids) if self.ids else np.arange(len(table))
        self.places = np.arange(len(table)) if places is None else places

    def predictions(self, path, name):
        form = {"columns": [*self.ids, *self.cells.columns], "numeric": self.cells.numeric, "count": self.total, "like": self.like}
        table = read_table(path, name, form, truth_bytes=self.size)
        try:
            order = order_by_ids(table, self.ids, self.keys, name, form) if self.ids else self.places
            return self.cells.read(table, name)[order]
        except Problem:
            raise
        except Exception as error:
            raise Problem(f"{name} holds what cannot be read as predictions: {in_brief(error)}.") from None


class Truth(Lines):
    """Lines with what is true of them; they belong to units, and where there are any to folds."""

    def __init__(self, cells, table, like, size, total=None):
        places = table["__line"].to_numpy(dtype=int) if "__line" in table else None
        super().__init__(cells, table, like, size, total, places)
        self.table, self.columns, self.predicts = table, cells.columns, cells.predicts
        self.frame = None
        # Units that are alike beyond chance are drawn together, or a score would look surer than it is.
        whose = next((name for name in ("__cluster", "__unit") if name in table), None)
        units = np.arange(len(table)) if whose is None else table[whose].to_numpy()
        self.unit_names, self.units = np.unique(units, return_inverse=True)
        self.folds = table["__fold"].to_numpy(dtype=int) if "__fold" in table else None
        self.values = cells.read(table, "the truth", strict=False)
        self.labels = list(cells.codes)
        positive = [cells.codes.get(label) for label in (cells.task.get("positive"),) if label is not None]
        self.positive = positive[0] if positive else 1 if len(self.labels) == 2 else None

    @property
    def announced(self):
        return self.cells.announced

    def predictions(self, path, name):
        values = super().predictions(path, name)
        if self.predicts == "texts" and longest(values) > MOST_TIMES_LONGER * longest(self.values) + SLACK_CHARACTERS:
            raise Problem(f"{name} holds a text of {longest(values)} characters; the longest true one has {longest(self.values)}.")
        return values

    def part(self, rows):
        """The truth of some lines alone."""
        return Truth(self.cells, self.table[rows].reset_index(drop=True), self.like, self.size, self.total)


def read_truth(path, cells, like="", total=None):
    """A file of the truth; `like` says in problems what a prediction must look like."""
    header = list(pd.read_csv(path, nrows=0, encoding="utf-8-sig").columns)
    missing = [column for column in [*cells.task["idColumns"], *cells.columns] if column not in header]
    if missing:
        raise Problem(f"{os.path.basename(path)} has no column {missing[0]!r}.")
    types = {column: object for column in header if column not in cells.numeric and column not in OWN}
    table = pd.read_csv(path, encoding="utf-8-sig", na_filter=False, dtype=types, low_memory=False)
    cells.learn(table)
    return Truth(cells, table, like, os.path.getsize(path), total)
