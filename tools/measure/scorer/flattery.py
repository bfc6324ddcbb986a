"""How much the best of many is flattered by having been chosen on the lines that it is scored on."""
import numpy as np


def flattery(sign, folds):
    """Mean over the folds of what the best on all folds has over the best on the others, never below 0 (Tibshirani and Tibshirani 2009).

    Of members x folds scores; 0 where folds are fewer than two or have no scores.
    """
    scores = sign * np.array(folds, dtype=float)
    if scores.ndim != 2 or scores.shape[1] < 2 or not np.isfinite(scores).all():
        return 0.0
    others = (scores.sum(axis=1, keepdims=True) - scores) / (scores.shape[1] - 1)
    chosen = scores[others.argmax(axis=0), np.arange(scores.shape[1])]
    return max(0.0, float((scores[scores.mean(axis=1).argmax()] - chosen).mean()))
