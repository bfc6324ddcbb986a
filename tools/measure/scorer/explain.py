"""What the best predictions go by, where they are worst, and what guessing would score: for people, once a run has ended."""
import os

import numpy as np
import pandas as pd
from insight import cut, losses_of
from problem import Problem

MOST_LINES = 20_000
MOST_COLUMNS = 300
MOST_BYTES = 2**30
CHUNK = 50_000
BINS = 4
MOST_VALUES = 8
LEAST_LINES = 20
MOST_GROUPS = 8
CLEAR = 3.5
LEARNED = 6_000
MOST_IMPORTANT = 12
TOLD_APART = 0.3
SHARES = (0.125, 0.25, 0.5, 1)
LEAST_LEARNED = 200
MOST_WIDE = 100


def explained(metric, truth, values, scores, setup, standing):
    table = table_of(setup, truth)
    return {
        "baseline": baseline_of(metric, truth, standing),
        "groups": [] if table is None else groups_of(metric, truth, values, scores, table),
        "goesBy": None if table is None else goes_by(truth, values, table),
        "curve": [] if table is None else curve_of(metric, truth, table),
    }


def baseline_of(metric, truth, standing):
    """The score of one answer for all lines, learned from the other folds; null where that is no answer."""
    if truth.predicts not in ("numbers", "probabilities", "labels"):
        return None
    said = np.zeros(truth.values.shape, dtype=truth.values.dtype if truth.predicts == "labels" else float)
    folds = np.zeros(truth.count, dtype=int) if truth.folds is None else truth.folds
    for fold in np.unique(folds):
        own = folds == fold
        others = truth.values[~own] if (~own).any() else truth.values
        if truth.predicts == "labels":
            said[own] = [np.bincount(column).argmax() for column in others.T]
        elif metric.row["name"] in ("rmsle", "msle"):
            said[own] = np.expm1(np.log1p(np.maximum(others, 0)).mean(axis=0))
        else:
            said[own] = np.median(others, axis=0) if metric.row["name"] in ("mae", "mape", "smape", "median_absolute_error") else others.mean(axis=0)
    try:
        return standing(metric, truth, said).score
    except Problem:
        return None


def table_of(setup, truth):
    """Cells of the training table for the lines that were predicted, at most so many of them, by their places; null where units are no rows."""
    train = setup["train"]
    path = os.path.join(setup["view"], "folds.csv")
    if train is None or "__unit" not in truth.table or not os.path.isfile(path):
        return None
    source = os.path.join(setup["view"], train["path"])
    folds = pd.read_csv(path)
    if "row" not in folds or len(train["delimiter"]) != 1 or train["delimiter"] == "\n" or os.path.getsize(source) > MOST_BYTES:
        return None
    step = max(1, -(-truth.count // MOST_LINES))
    places = np.arange(0, truth.count, step)
    rows = folds.groupby("unit")["row"].first().reindex(truth.table["__unit"].iloc[places]).to_numpy()
    wanted = np.unique(rows[~np.isnan(rows)]).astype(int)
    hidden = {*truth.columns, *truth.ids}
    parts = []
    for chunk in pd.read_csv(source, sep=train["delimiter"], dtype=object, na_filter=False, chunksize=CHUNK, encoding="utf-8-sig"):
        columns = [column for column in chunk.columns if column not in hidden][:MOST_COLUMNS]
        parts.append(chunk.loc[chunk.index.intersection(wanted), columns])
        if chunk.index[-1] >= wanted[-1]:
            break
    cells = pd.concat(parts).reindex(rows)
    cells.index = places
    return cells.fillna("")


def numbers_in(column):
    """A column as numbers, NaN where it is empty; null where it is of words, or of few numbers."""
    numbers = pd.to_numeric(column.where(column != ""), errors="coerce")
    filled = (column != "").sum()
    return numbers if filled and numbers.notna().sum() > 0.95 * filled and numbers.nunique() > MOST_VALUES else None


def groups_in(column):
    """A name for the group of each line: a quarter of the numbers, one of the frequent values, or none."""
    numbers = numbers_in(column)
    if numbers is None:
        frequent = column[column != ""].value_counts().index[:MOST_VALUES]
        named = column.where(column.isin(frequent), "any other")
    else:
        ends = np.unique(numbers.quantile(np.linspace(0, 1, BINS + 1)))
        if len(ends) < 3:
            return None
        places = np.clip(np.searchsorted(ends, numbers, side="right") - 1, 0, len(ends) - 2)
        names = [f"{ends[at]:.4g} to {ends[at + 1]:.4g}" for at in range(len(ends) - 1)]
        named = pd.Series([names[at] for at in places], index=column.index)
    return named.where(column != "", "nothing given")


def groups_of(metric, truth, values, scores, table):
    """The groups of lines that are clearly worse told than the others, the worst first, one for each column."""
    losses, _ = losses_of(metric, truth, values, scores)
    if losses is None or len(table) < 5 * LEAST_LINES:
        return []
    losses = pd.Series(losses[table.index], index=table.index)
    if truth.predicts != "labels" and metric.row["name"] in ("rmse", "mse", "r2"):
        losses = losses**2
    overall, spread = losses.mean(), losses.std()
    if not np.isfinite(spread) or spread == 0:
        return []
    found = []
    for column in table.columns:
        named = groups_in(table[column])
        if named is None:
            continue
        by = losses.groupby(named).agg(["mean", "size"])
        by = by[by["size"] >= max(LEAST_LINES, len(table) // 100)]
        by["clear"] = (by["mean"] - overall) / (spread / np.sqrt(by["size"]))
        worst = by[by["clear"] > CLEAR].sort_values("clear", ascending=False).head(1)
        for name, row in worst.iterrows():
            found.append((row["clear"], {"column": column, "group": cut(name, 60), "lines": int(row["size"]), "times": round(float(row["mean"] / overall), 2)}))
    return [group for _, group in sorted(found, key=lambda one: -one[0])[:MOST_GROUPS]]


def goes_by(truth, values, table):
    """The columns that the predictions hang on: a tree model learns to say what they say, and says it worse where a column is shuffled."""
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
    from sklearn.inspection import permutation_importance

    target, is_class = target_in(truth, values[table.index])
    if target is None or len(np.unique(target)) < 2 or len(table) < 5 * LEAST_LINES or table.shape[1] == 0:
        return None
    features = pd.DataFrame({column: coded(table[column]) for column in table.columns})
    order = np.random.default_rng(0).permutation(len(features))[: 2 * LEARNED]
    learned, held = order[::2], order[1::2]
    if is_class and len(np.unique(target)) > 30:
        return None
    model = (HistGradientBoostingClassifier if is_class else HistGradientBoostingRegressor)(max_iter=60, early_stopping=False, random_state=0)
    model.fit(features.to_numpy()[learned], target[learned])
    likeness = model.score(features.to_numpy()[held], target[held])
    by_chance = np.mean(target[held] == np.bincount(target[learned].astype(int)).argmax()) if is_class else 0
    # What cannot be told again from the table is not gone by in it.
    if likeness - by_chance < TOLD_APART * (1 - by_chance):
        return None
    drops = permutation_importance(model, features.to_numpy()[held], target[held], n_repeats=3, random_state=0)
    places = [at for at in np.argsort(-drops.importances_mean) if drops.importances_mean[at] > 2 * drops.importances_std[at]]
    columns = [{"column": str(features.columns[at]), "drop": round(float(drops.importances_mean[at]), 3)} for at in places[:MOST_IMPORTANT]]
    return {"likeness": round(float(likeness), 3), "isShare": bool(is_class), "columns": columns}


def target_in(truth, values):
    """What stands in values as one number or one class for each line; null where they are neither."""
    if truth.predicts == "labels":
        return values[:, 0], True
    if truth.predicts == "probabilities" and values.shape[1] > 1:
        return values.argmax(axis=1), True
    return (values[:, 0], False) if truth.predicts in ("numbers", "probabilities") else (None, False)


def curve_of(metric, truth, table):
    """What a plain tree model scores on one fold, having learned from growing parts of the others: whether more rows would help."""
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

    if truth.folds is None or truth.values.shape[1] > 1 and truth.predicts != "probabilities":
        return []
    known = truth.values[table.index]
    target, is_class = target_in(truth, known)
    if target is None:
        return []
    is_class = is_class or truth.predicts == "probabilities"
    features = np.column_stack([coded(table[column]) for column in table.columns[:MOST_WIDE]]) if table.shape[1] else None
    folds = truth.folds[table.index]
    held = folds == folds[0]
    rest = np.random.default_rng(0).permutation(np.flatnonzero(~held))[:LEARNED]
    if features is None or len(rest) < LEAST_LEARNED or (is_class and len(np.unique(target)) > 30):
        return []
    asked = np.zeros(truth.count, dtype=bool)
    asked[table.index[held]] = True
    part, points = truth.part(asked), []
    for share in SHARES:
        rows = rest[: int(len(rest) * share)]
        if is_class and len(np.unique(target[rows])) < 2:
            continue
        model = (HistGradientBoostingClassifier if is_class else HistGradientBoostingRegressor)(max_iter=40, early_stopping=False, random_state=0)
        model.fit(features[rows], target[rows])
        score = metric.prepared(part, answers_of(model, features[held], truth, is_class))(np.ones(part.count))
        if np.isfinite(score):
            points.append({"rows": len(rows), "score": float(score)})
    return points if len(points) > 1 else []


def answers_of(model, features, truth, is_class):
    """What the model says, in the form of predictions."""
    if truth.predicts != "probabilities":
        return model.predict(features)[:, None]
    likely = model.predict_proba(features)
    if truth.values.shape[1] == 1:
        return likely[:, [list(model.classes_).index(1)]] if 1 in model.classes_ else np.zeros((len(features), 1))
    said = np.full((len(features), truth.values.shape[1]), 1e-6)
    said[:, model.classes_.astype(int)] = likely
    return said


def coded(column):
    """A column as numbers: its own, or the place of each value among the frequent ones."""
    numbers = numbers_in(column)
    if numbers is not None:
        return numbers.to_numpy(dtype=float)
    frequent = {value: place for place, value in enumerate(column[column != ""].value_counts().index[:200])}
    return column.map(frequent).to_numpy(dtype=float)
