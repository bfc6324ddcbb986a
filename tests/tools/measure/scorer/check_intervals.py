"""How often 95 % intervals hold the score of the whole population, by simulation; prints the share for each case."""
import json
import sys

sys.path.insert(0, sys.argv[1])
import numpy as np
from formulas import FORMULAS
from uncertainty import deviation, draws_of, interval, redraw

TRIALS = int(sys.argv[2])
np.seterr(all="ignore")


def labels(rate):
    def draw(random, count):
        truth = random.integers(0, 2, count)
        return truth[:, None], np.where(random.random(count) < rate, truth, 1 - truth)[:, None]

    return draw


def ranks(gap, share):
    def draw(random, count):
        truth = (random.random(count) < share).astype(float)
        return truth[:, None], (random.normal(0, 1, count) + gap * truth)[:, None]

    return draw


def amounts(random, count):
    truth = random.gamma(2, 10, count)
    return truth[:, None], (truth + random.standard_t(5, count) * 3)[:, None]


def linked(strength):
    def draw(random, count):
        truth = random.normal(0, 1, count)
        return truth[:, None], (strength * truth + np.sqrt(1 - strength**2) * random.normal(0, 1, count))[:, None]

    return draw


def chances(random, count):
    chance = random.beta(1, 3, count)
    return (random.random(count) < chance).astype(float)[:, None], chance[:, None]


CASES = {
    "accuracy .98 of 150": ("accuracy", "share", labels(0.98), 150),
    "accuracy .6 of 100": ("accuracy", "share", labels(0.6), 100),
    "error rate .01 of 300": ("error_rate", "share", labels(0.99), 300),
    "f1 .9 of 150": ("f1", "share", labels(0.9), 150),
    "AUC .76, a tenth of 400": ("roc_auc", "share", ranks(1, 0.1), 400),
    "AUC .98, a third of 150": ("roc_auc", "share", ranks(3, 0.33), 150),
    "average precision": ("average_precision", "share", ranks(1.5, 0.3), 300),
    "RMSE of 100": ("rmse", "loss", amounts, 100),
    "MAE of 60": ("mae", "loss", amounts, 60),
    "log loss of 300": ("log_loss", "loss", chances, 300),
    "R2 of 150": ("r2", "gain", amounts, 150),
    "Spearman .95 of 100": ("spearman", "correlation", linked(0.95), 100),
    "Pearson .3 of 80": ("pearson", "correlation", linked(0.3), 80),
    "MCC .9 of 200": ("mcc", "correlation", labels(0.95), 200),
}
CONTEXT = {"size": 2, "positive": 1, "places": np.arange(2.0), "k": None, "levels": {}}


def holds(name, scale, table, units, goal):
    on = FORMULAS[name](*table, CONTEXT)
    score = on(np.ones(len(units)))
    draws = redraw(on, score, units, draws_of(on, len(units)))
    low, high = interval(score, deviation(draws), scale, units.max() + 1, len(units))
    return low <= goal <= high


shares = {}
for case, (name, scale, draw, count) in CASES.items():
    random = np.random.default_rng(1)
    goal = FORMULAS[name](*draw(random, 400_000), CONTEXT)(np.ones(400_000))
    shares[case] = np.mean([holds(name, scale, draw(random, count), np.arange(count), goal) for _ in range(TRIALS)])

# Five lines of each unit alike: as if each were alone, intervals would be far too narrow.
random = np.random.default_rng(2)
units = np.repeat(np.arange(60), 5)
tables = [[side[units] for side in labels(0.8)(random, 60)] for _ in range(TRIALS)]
shares["units of five lines"] = np.mean([holds("accuracy", "share", table, units, 0.8) for table in tables])
print(json.dumps(shares))
