"""A small run on disk: a task, its view and truth, and attempts whose scripts have run. Prints nothing.

make_run.py FOLDER KIND: `amounts`, `chances`, `kinds` (three classes), `rare` (two classes, F1), or `noise` (predictions that know nothing).
"""
import json
import os
import runpy
import sys

import numpy as np
import pandas as pd

folder, kind = sys.argv[1:3]
os.chdir(folder)
random = np.random.default_rng(5)
TRAIN, TEST, FOLDS = 1500, 300, 5

SCRIPT = """
import json, os
import numpy as np, pandas as pd
from sklearn.linear_model import Ridge, LogisticRegression
FEATURES, STANDS_ON, KIND = {features!r}, {stands_on!r}, {kind!r}
train, test = pd.read_csv("input/train.csv"), pd.read_csv("input/test.csv")
folds = pd.read_csv("input/folds.csv")
sample, form = pd.read_csv("input/sample.csv"), pd.read_csv("input/validation_sample.csv")
X, Z = train[FEATURES].to_numpy(), test[FEATURES].to_numpy()
for number in STANDS_ON:
    known = np.full((len(train), np.load(f"input/members/{{number}}/test.npy").shape[1]), 0.0)
    known[folds["row"]] = np.load(f"input/members/{{number}}/validation.npy")
    X, Z = np.column_stack([X, known]), np.column_stack([Z, np.load(f"input/members/{{number}}/test.npy")])
y = train["y"].to_numpy()
columns = 3 if KIND == "kinds" else 2 if KIND != "amounts" else 1
valid, final = np.zeros((len(train), columns)), np.zeros((len(test), columns))
for fold in range({folds}):
    out = folds.loc[folds["fold"] == fold, "row"].to_numpy()
    rest = np.setdiff1d(np.arange(len(train)), out)
    if KIND == "amounts":
        model = Ridge().fit(X[rest], y[rest])
        valid[out, 0], final[:, 0] = model.predict(X[out]), final[:, 0] + model.predict(Z) / {folds}
    else:
        model = LogisticRegression().fit(X[rest], y[rest])
        valid[out], final = model.predict_proba(X[out]), final + model.predict_proba(Z) / {folds}
valid = valid[folds["row"]]
if KIND in ("kinds", "rare"):
    classes = pd.read_csv("input/classes.csv")["class"].to_numpy()
    np.save("final/validation_scores.npy", valid.astype(np.float16))
    np.save("final/test_scores.npy", final.astype(np.float16))
    form["y"], sample["y"] = classes[valid.argmax(1)], classes[final.argmax(1)]
else:
    form["y"], sample["y"] = valid[:, -1], final[:, -1]
form.to_csv("final/validation.csv", index=False)
sample.to_csv("final/submission.csv", index=False)
print("Final Validation Performance: 0")
"""


def table(count, first):
    data = pd.DataFrame(random.normal(0, 1, (count, 5)), columns=list("abcde")).round(4)
    total = data["a"] + data["b"] - data["c"] + 0.7 * data["d"] * random.choice([1, 1, 1, -1], count) + random.normal(0, 0.6, count)
    if kind == "amounts":
        data["y"] = total.round(4)
    elif kind == "kinds":
        data["y"] = np.array(["ant", "bee", "cat"])[np.digitize(total, [-1, 0.5])]
    elif kind == "noise":
        data["y"] = random.integers(0, 2, count)
    else:
        data["y"] = (total > (2.2 if kind == "rare" else 0)).astype(int)
    data.insert(0, "id", [f"r{first + line:05d}" for line in range(count)])
    return data


def save(data, *places):
    for place in places:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        data.to_csv(place, index=False)


train, test = table(TRAIN, 0), table(TEST, TRAIN)
rows = np.arange(TRAIN)
fold = rows % FOLDS
classes = {"kinds": ["ant", "bee", "cat"], "rare": ["0", "1"]}.get(kind, [])
blank = classes[0] if classes else 0
half = np.arange(TEST) % 3
held = pd.DataFrame({"__unit": np.arange(TEST), "__half": half, "__line": np.arange(TEST), "id": test["id"], "y": test["y"]})
save(held[half > 0].sample(frac=1, random_state=0), "truth/holdout.csv")
original = np.full(TEST, -1)
original[half == 0] = np.random.default_rng(1).permutation((half == 0).sum())
save(pd.DataFrame({"original": original}), "truth/lines.csv")
save(train, "data/train.csv", "view/train.csv", "view-final/train.csv")
save(test.drop(columns="y"), "data/test.csv", "view/test.csv")
save(pd.DataFrame({"id": test["id"], "y": blank}), "data/sample.csv", "view/sample.csv")
places = np.flatnonzero(original >= 0)[np.argsort(original[original >= 0])]
save(test.drop(columns="y").iloc[places], "view-final/test.csv")
save(pd.DataFrame({"id": [f"o{line}" for line in range(len(places))], "y": blank}), "view-final/sample.csv")
for view in ("view", "view-final"):
    save(pd.DataFrame({"unit": rows, "row": rows, "fold": fold}), f"{view}/folds.csv")
    save(pd.DataFrame({"id": train["id"], "y": blank}), f"{view}/validation_sample.csv")
    if classes:
        save(pd.DataFrame({"class": classes}), f"{view}/classes.csv")
truth = pd.DataFrame({"__unit": rows, "__fold": fold, "id": train["id"], "y": train["y"]})
save(truth, "truth/validation.csv", "truth/final-validation.csv")
metric = {"amounts": "rmse", "chances": "log_loss", "kinds": "accuracy", "rare": "f1", "noise": "roc_auc"}[kind]
task = {
    "metric": metric, "direction": "minimize" if metric in ("rmse", "log_loss") else "maximize", "idColumns": ["id"], "columns": ["y"],
    "predicts": "numbers" if kind == "amounts" else "labels" if classes else "probabilities", "classes": classes,
    "positive": "1" if kind == "rare" else None, "mode": "holdout", "seed": 1,
}
with open("truth/truth.json", "w") as file:
    json.dump(task, file)


def attempt(name, features, stands_on=()):
    os.makedirs(f"attempts/{name}/final")
    with open(f"attempts/{name}/solution.py", "w") as file:
        file.write(SCRIPT.format(features=list(features), stands_on=list(stands_on), kind=kind, folds=FOLDS))
    for view, place in (("view", name), ("view-final", f"{name}-final")):
        os.makedirs(f"attempts/{place}/final", exist_ok=True)
        os.symlink(os.path.abspath(view), f"attempts/{place}/input")
        if view == "view" or not stands_on:
            os.chdir(os.path.join(folder, "attempts", place))
            runpy.run_path(os.path.join(folder, "attempts", name, "solution.py"))
            os.chdir(folder)


if kind == "noise":
    for number in range(30):
        os.makedirs(f"attempts/n{number}/final")
        for data, file in ((train, "validation"), (test, "submission")):
            save(pd.DataFrame({"id": data["id"], "y": random.random(len(data))}), f"attempts/n{number}/final/{file}.csv")
elif len(sys.argv) > 3:
    attempt(sys.argv[3], "d", [1])
else:
    for name, features in (("ab", "ab"), ("bc", "bc"), ("ac", "ac")):
        attempt(name, features)
