"""A person's own metric: `score(truth, prediction)` in a Python file, of data frames with the submission's columns."""
import runpy

import numpy as np
import pandas as pd
from problem import Problem

NANOSECONDS_PER_LINE = 2000


def custom_metric(path):
    """What prepares it as a formula is prepared."""
    try:
        score = runpy.run_path(path, run_name="metric").get("score")
    except BaseException as error:
        raise Problem(f"The metric's file cannot be run: {type(error).__name__}: {str(error)[:200]}") from None
    if not callable(score):
        raise Problem("The metric's file has no function score(truth, prediction).")

    def prepare(truth, values):
        first, second = frame_of(truth, truth.values), frame_of(truth, values)

        def on(weights):
            kept = weights > 0
            try:
                return float(score(first[kept].reset_index(drop=True), second[kept].reset_index(drop=True)))
            except Exception as error:
                if kept.all():
                    raise Problem(f"The task's metric fails on these predictions: {type(error).__name__}: {str(error)[:200]}") from None
                return np.nan  # a draw may lack what it needs

        on.cost = NANOSECONDS_PER_LINE * truth.count
        return on

    return prepare


def frame_of(truth, values):
    """Ids and predictions as a person would read them from the submission."""
    frame = pd.DataFrame({column: truth.table[column] for column in truth.ids})
    for place, column in enumerate(truth.columns):
        cells = values[:, place]
        if truth.predicts == "labels":
            cells = np.array(list(truth.cells.codes), dtype=object)[cells]
            numbers = pd.to_numeric(pd.Series(cells), errors="coerce")
            cells = numbers.to_numpy() if numbers.notna().all() else cells
        frame[column] = cells
    return frame[[*truth.ids, *truth.columns]]
