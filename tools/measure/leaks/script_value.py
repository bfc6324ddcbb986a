"""What a look at a script knows of a value, and the words for what it finds."""
from dataclasses import dataclass, field

SENTENCES = {
    "labels-copied": "what it hands in for the validation rows are their labels",
    "target-among-features": "the target is among the features",
    "fitted-before-split": "it is made from the labels of all rows, validation rows among them, and models are fitted on it",
    "future-rows": "it takes labels of later rows as a feature",
    "predicts-own-rows": "it was fitted on all rows, and its predictions of those rows are used as if they were of new ones",
    "own-split": "it does not use ./input/folds.csv, and so may learn from rows that belong to the fold it predicts",
    "reads-outside": "it reads what lies outside ./input",
}


@dataclass(frozen=True)
class Value:
    """`rows`: whether it has all rows of train, some of them, or none that are known. The default is harmless."""

    rows: str = ""
    # Made from labels alone; and whether they are the labels as they are, whatever branch was taken.
    labels: bool = False
    copied: bool = False
    # A table with the target certainly among its columns, and others.
    target: bool = False
    # A list of column names; or all columns but some.
    names: frozenset | None = None
    others: frozenset | None = None
    text: str | None = None
    # Rows put together in groups.
    grouped: bool = False
    # Of an estimator: the kind of leak there is in what it gives for rows of train.
    fitted: str | None = None
    # (line, kind) of what must not be learned from.
    leak: tuple | None = None
    # What was stored in columns since.
    columns: dict = field(default_factory=dict)

    def leaks(self):
        return self.leak or next((value.leak for value in self.columns.values() if value.leak), None)


UNKNOWN = Value()
