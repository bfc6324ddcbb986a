"""Blends of members that know nothing: by how many errors the nested score is better than chance, and the luckiest member's; prints both for each case."""
import json
import sys

sys.path.insert(0, sys.argv[1])
import numpy as np
import pandas as pd
from blend import Blender
from cells import Cells
from measure import Metric
from truth import Truth

TRIALS, LINES, MEMBERS = int(sys.argv[2]), 1000, 30
np.seterr(all="ignore")
CASES = {"roc_auc": ("probabilities", 0.5), "accuracy": ("labels", 0.5), "mcc": ("labels", 0.0), "rmse": ("numbers", 1.0)}


def trial(name, predicts, random):
    truth = random.normal(0, 1, LINES) if predicts == "numbers" else random.integers(0, 2, LINES)
    classes = ["0", "1"] if predicts == "labels" else []
    metric = Metric(name, {"name": name, "direction": "minimize" if name == "rmse" else "maximize", "scale": "other"})
    cells = Cells({"idColumns": [], "columns": ["y"], "classes": classes, "predicts": predicts, "metric": name})
    table = pd.DataFrame({"__fold": np.arange(LINES) % 5, "y": truth.astype(str) if classes else truth.astype(float)})
    known = Truth(cells, table, "", 0)
    guesses = [random.random(LINES) * 0.2 + (-0.1 if name == "rmse" else 0.4) for _ in range(MEMBERS)]
    arrays = [np.column_stack([1 - guess, guess]) if classes else guess[:, None] for guess in guesses]
    scores = [metric.score(known, array.argmax(axis=1)[:, None] if classes else array) for array in arrays]
    standing, *_ = Blender(metric, known, arrays, scores).best()
    chance = metric.score(known, np.zeros((LINES, 1))) if name == "rmse" else CASES[name][1]
    return [metric.sign * (score - chance) / standing.error for score in (standing.score, max(scores, key=lambda one: metric.sign * one))]


random = np.random.default_rng(3)
print(json.dumps({name: np.mean([trial(name, predicts, random) for _ in range(TRIALS)], axis=0).tolist() for name, (predicts, _) in CASES.items()}))
