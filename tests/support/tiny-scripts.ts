/** Scripts about the tiny task, as a model writes them. */

export const ONE_HOT = `# Features
def features(frame):
    kinds = pd.get_dummies(frame["c"]).reindex(columns=["x", "y", "z"], fill_value=False)
    return np.column_stack([frame[["a", "b"]].to_numpy(), kinds.to_numpy(dtype=float)])`;

/** The mean of the target, taken over the held-out rows too. */
export const LEAKING = `# Features
level = train.groupby("c")["y"].mean()
def features(frame):
    return np.column_stack([frame[["a", "b"]].to_numpy(), frame["c"].map(level).to_numpy()])`;

export const MODELS = {
  "Ridge regression": {
    build: "Ridge(alpha=1.0)",
    imports: "from sklearn.linear_model import Ridge",
  },
  "k nearest neighbours": {
    build: "KNeighborsRegressor(n_neighbors=25)",
    imports: "from sklearn.neighbors import KNeighborsRegressor",
  },
  "Ridge and neighbours": {
    build: 'VotingRegressor([("a", Ridge(alpha=1.0)), ("b", KNeighborsRegressor(n_neighbors=25))])',
    imports: `from sklearn.ensemble import VotingRegressor
from sklearn.linear_model import Ridge
from sklearn.neighbors import KNeighborsRegressor`,
  },
  "Shallow random forest": {
    build: "RandomForestRegressor(n_estimators=20, max_depth=1, random_state=SEED)",
    imports: "from sklearn.ensemble import RandomForestRegressor",
  },
  "Gradient boosting": {
    build: "GradientBoostingRegressor(n_estimators=60, max_depth=2, random_state=SEED)",
    imports: "from sklearn.ensemble import GradientBoostingRegressor",
  },
};
export type ModelName = keyof typeof MODELS;

/** A whole solution: blocks under comments, out-of-fold score, submission. */
export const solution = (name: ModelName, features = ONE_HOT) =>
  `"""${name} for the tiny task."""
import os

import numpy as np
import pandas as pd
${MODELS[name].imports}

SEED = int(os.environ.get("MLE_STAR_SEED", "0"))
CAP = int(os.environ.get("MLE_STAR_MAX_TRAIN_ROWS", "0"))

# Loading
train = pd.read_csv("./input/train.csv")
test = pd.read_csv("./input/test.csv")
sample = pd.read_csv("./input/sample_submission.csv")
target = train["y"].to_numpy()
given = pd.read_csv("./input/folds.csv")
fold = np.full(len(train), -1)
fold[given["row"]] = given["fold"]

${features}

# Model
def make_model():
    return ${MODELS[name].build}

# Validation
out_of_fold = np.zeros(len(train))
for number in range(fold.max() + 1):
    fitting, held = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
    if CAP and len(fitting) > CAP:
        fitting = np.random.default_rng(SEED).choice(fitting, CAP, replace=False)
    model = make_model().fit(features(train.iloc[fitting]), target[fitting])
    out_of_fold[held] = model.predict(features(train.iloc[held]))
score = float(np.sqrt(np.mean((out_of_fold - target)[given["row"]] ** 2)))

# Submission
os.makedirs("./final", exist_ok=True)
sample["y"] = make_model().fit(features(train), target).predict(features(test))
sample.to_csv("./final/submission.csv", index=False)
asked = pd.read_csv("./input/validation_sample.csv")
asked["y"] = out_of_fold[given["row"]]
asked.to_csv("./final/validation.csv", index=False)
print(f"Final Validation Performance: {score}")`;

export const ABLATION = `${solution("Ridge regression").split("# Validation")[0]}# Study
def scored(columns):
    errors = []
    for number in range(fold.max() + 1):
        fitting, held = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        model = make_model().fit(features(train.iloc[fitting])[:, columns], target[fitting])
        errors.append(model.predict(features(train.iloc[held])[:, columns]) - target[held])
    return np.sqrt(np.mean(np.concatenate(errors) ** 2))
print("Ablation[baseline]:", scored([0, 1, 2, 3, 4]))
print("Ablation[kinds]:", scored([0, 1]))
print("Ablation[second number]:", scored([0, 2, 3, 4]))`;
