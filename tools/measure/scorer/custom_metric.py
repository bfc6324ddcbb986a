"""A person's own metric: `score(truth, prediction)` in a Python file, of data frames with the submission's columns."""
import os
import runpy
import time

import numpy as np
import pandas as pd
from problem import Problem

LEAST_NANOSECONDS_PER_LINE = 2000
MOST_SECONDS = 2


def custom_metric(path):
    """What prepares it as a formula is prepared."""
    name = os.path.basename(path)
    try:
        score = runpy.run_path(path, run_name="metric").get("score")
    except BaseException as error:
        raise Problem(f"{name} cannot be run: {said(error)}") from None
    if not callable(score):
        raise Problem(f"{name} has no function score(truth, prediction).")
    costs = {}

    def prepare(truth, values):
        # Once for each truth: a blend asks often.
        truth.frame = frame_of(truth, truth.values) if truth.frame is None else truth.frame
        first, second = truth.frame, frame_of(truth, values)

        def on(weights):
            kept = weights > 0
            try:
                value = score(first[kept].reset_index(drop=True), second[kept].reset_index(drop=True))
            except Exception as error:
                if kept.all():
                    raise Problem(f"{name} fails on these predictions: {said(error)}") from None
                return np.nan  # a draw may lack what it needs
            try:
                return float(value)
            except (TypeError, ValueError):
                raise Problem(f"score of {name} returns {type(value).__name__} {str(value)[:60]!r} and no number.") from None

        # Scores that are compared are drawn equally often: what one takes is measured once.
        if truth.count not in costs:
            started = time.process_time()
            on(np.ones(truth.count))
            costs[truth.count] = time.process_time() - started
        on.seconds = costs[truth.count]
        on.cost = max(LEAST_NANOSECONDS_PER_LINE * truth.count, 1e9 * on.seconds)
        return on

    return prepare


def try_metric(metric, truth):
    """That there is a number, in a time that can be waited for: for the truth itself, or for it in another order."""
    for values in (truth.values, np.roll(truth.values, 1, axis=0)):
        on = metric.prepared(truth, values)
        if on.seconds > MOST_SECONDS:
            raise Problem(f"score takes {on.seconds:.1f} s for {truth.count} lines; {MOST_SECONDS} s is the most.")
        if np.isfinite(on(np.ones(truth.count))):
            return
    raise Problem("score returns no finite number, neither for the truth itself nor for its lines in another order.")


def said(error):
    return f"{type(error).__name__}: {str(error)[:200]}"


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
