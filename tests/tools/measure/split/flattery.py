"""`make`: tasks whose test set is drawn by group, by time and in stretches, as JSON. `score FOLDER`: what LightGBM scores on
hidden rows, and on validation rows of the parts in FOLDER/parts.json."""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from lightgbm import LGBMRegressor


def made(kind: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of 240 groups or days, of which each has an effect that its rows alone can teach."""
    random = np.random.default_rng(5)
    of = np.repeat(np.arange(240), 12)
    effect = random.choice([-1, 1], 240)
    if kind == "stretches":
        # Days resemble their neighbours.
        effect = np.convolve(random.normal(size=244), np.ones(5), "valid") / 2
    rows = pd.DataFrame(random.normal(size=(len(of), 3)).round(3), columns=["a", "b", "c"])
    rows["target"] = rows.a + rows.b * rows.c + 2 * effect[of] + 0.5 * random.normal(size=len(of))
    if kind == "group":
        rows["patient"] = random.permutation(9000)[of]
        test = np.isin(of, random.permutation(240)[:60])
    else:
        rows["day"] = (pd.Timestamp("2024-01-01") + pd.to_timedelta(of, "D")).strftime("%d.%m.%Y")
        test = of >= 195 if kind == "time" else of % 10 >= 7
    rows["place"] = of if kind != "group" else random.permutation(240)[of]
    rows.insert(0, "id", random.permutation(len(of)))
    rows = rows.sample(frac=1, random_state=1)
    test = test[rows.index]
    return rows[~test].reset_index(drop=True), rows[test].reset_index(drop=True)


def rmse(learn: pd.DataFrame, judge: pd.DataFrame) -> float:
    features = ["a", "b", "c", "place"]
    model = LGBMRegressor(n_estimators=80, num_leaves=31, min_child_samples=5, n_jobs=1, verbose=-1)
    predicted = model.fit(learn[features], learn.target).predict(judge[features])
    return float(np.sqrt(np.mean((predicted - judge.target) ** 2)))


KINDS = ["group", "time", "stretches"]
if sys.argv[1] == "make":
    shown = {}
    for kind in KINDS:
        train, test = (rows.drop(columns=["target", "place"]).astype(str) for rows in made(kind))
        shown[kind] = {
            name: {"columns": list(rows.columns), "rows": rows.values.tolist()}
            for name, rows in (("train", train), ("test", test))
        }
    print(json.dumps(shown))
else:
    scores = {}
    for kind, ways in json.loads((Path(sys.argv[2]) / "parts.json").read_text()).items():
        train, hidden = made(kind)
        scores[kind] = {"hidden": rmse(train, hidden)}
        for way, parts in ways.items():
            folds = np.array(parts)
            squares = [
                rmse(train[(folds != fold) & (folds >= -1)], train[folds == fold]) ** 2
                for fold in range(folds.max() + 1)
            ]
            scores[kind][way] = float(np.sqrt(np.mean(squares)))
    print(json.dumps(scores))
