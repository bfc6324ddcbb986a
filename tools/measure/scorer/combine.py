"""Joins predictions by weights that are fixed: what the scorer does with a blend, and what the blend's own `solution.py` does.

A prediction is a matrix, lines x columns: numbers, probabilities, or for labels the scores of the classes.
"""
import numpy as np
import pandas as pd

SMALLEST = 1e-4


def normalised(scores):
    """Scores as probabilities of one class each: as they are where they nearly are, else as weights, else as logits."""
    scores = np.asarray(scores, dtype=float)
    if scores.shape[1] == 1:
        scores = np.column_stack([1 - scores[:, 0], scores[:, 0]])
    if len(scores) and scores.min() < 0:
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    total = scores.sum(axis=1, keepdims=True)
    return np.where(total > 0, scores / np.where(total > 0, total, 1), 1 / scores.shape[1])


def ranked(values):
    """Each column as middle ranks between 0 and 1."""
    ranks = np.empty(values.shape)
    for column in range(values.shape[1]):
        _, place, counts = np.unique(values[:, column], return_inverse=True, return_counts=True)
        ranks[:, column] = ((np.cumsum(counts) - counts / 2) / max(len(values), 1))[place]
    return ranks


def into_space(values, space):
    """What is averaged."""
    values = np.asarray(values, dtype=float)
    if space == "rank":
        return ranked(values)
    if space == "log":
        return np.log1p(np.maximum(values, 0))
    return normalised(values) if space == "classes" else values


def logits(values, one):
    """What a stack adds up: of classes that share one unit about their mean, else of each column alone."""
    clipped = np.clip(normalised(values) if one else values, SMALLEST, 1 - SMALLEST)
    if not one:
        return np.log(clipped) - np.log1p(-clipped)
    logs = np.log(clipped)
    return logs - logs.mean(axis=1, keepdims=True)


def combined(arrays, blend):
    """The blend's prediction from those of its members, in their order."""
    if blend["kind"] == "stack":
        return stacked(arrays, blend)
    weighted = sum(member["weight"] * into_space(array, blend["space"]) for member, array in zip(blend["members"], arrays))
    return np.expm1(weighted) if blend["space"] == "log" else weighted


def stacked(arrays, blend):
    """A linear sum with an offset for each column: of numbers, or of logits, made probabilities again."""
    one, offsets = blend["one"], np.array(blend["offsets"])
    numbers = blend["space"] in ("value", "log")
    parts = [into_space(array, blend["space"]) if numbers else logits(array, one) for array in arrays]
    total = offsets + sum(factor * part for factor, part in zip(blend["factors"], parts))
    if numbers:
        return np.expm1(total) if blend["space"] == "log" else total
    return normalised(np.exp(total - total.max(axis=1, keepdims=True))) if one else 1 / (1 + np.exp(-total))


def decided(scores, decision):
    """Codes of labels from the scores of classes."""
    if decision["kind"] == "threshold":
        positive = decision["positive"]
        return np.where(scores[:, positive] >= decision["at"], positive, 1 - positive)
    if decision["kind"] == "cuts":
        places = np.array(decision["places"])
        order = np.argsort(places)
        return order[np.searchsorted(decision["at"], scores @ places, side="right")]
    return (scores * np.array(decision["factors"])).argmax(axis=1)


def written(sample, blend, values):
    """The lines of a sample with the blend's predictions."""
    table = sample.copy()
    if blend["decision"] is not None:
        table[blend["columns"][0]] = np.array(blend["labels"], dtype=object)[decided(values, blend["decision"])]
        return table
    for place, column in enumerate(blend["columns"]):
        table[column] = values[:, place]
    return table


def read_sample(path):
    return pd.read_csv(path, dtype=object, na_filter=False, encoding="utf-8-sig")
