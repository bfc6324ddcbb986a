"""What predictions get most wrong, and how alike members predict: a few lines for whoever plans what comes next."""
import os

import numpy as np
import pandas as pd
from combine import ranked

MOST_LINES = 6
MOST_ALIKE = 6
MOST_COMPARED = 20_000
MOST_CHARACTERS = 120
MOST_COLUMNS = 12
MOST_BYTES = 2**28
CHUNK = 50_000


def losses_of(metric, truth, values, scores):
    """For each line how wrong it is told, and for labels what was given to the true one; null where lines cannot be told apart."""
    if truth.predicts == "labels" and truth.values.shape[1] == 1:
        codes = truth.values[:, 0]
        given = np.zeros(truth.count) if scores is None else scores[np.arange(truth.count), np.minimum(codes, scores.shape[1] - 1)]
        return (values[:, 0] != codes) + 1 - given, None if scores is None else given
    if truth.predicts not in ("numbers", "probabilities"):
        return None, None
    known, said = truth.values, values
    if metric.row["name"] in ("rmsle", "msle"):
        known, said = np.log1p(np.maximum(known, 0)), np.log1p(np.maximum(said, 0))
    if truth.predicts == "numbers" and is_of_scores(metric):
        return None, None
    return np.abs(known - said).sum(axis=1), None


def is_of_scores(metric):
    """Whether any number may stand for the truth, so that a difference to it says nothing."""
    return metric.row["name"] in ("roc_auc", "roc_auc_weighted", "average_precision", "gini", "spearman", "kendall_tau", "concordance_index")


def worst_lines(metric, truth, values, scores, rows):
    """The lines that are furthest off, each with what is true and what was said; `rows` tells where units stand and what is in them."""
    losses, given = losses_of(metric, truth, values, scores)
    if losses is None:
        return []
    places = np.argsort(-losses, kind="stable")[:MOST_LINES]
    places = [int(place) for place in places if losses[place] > 0]
    shown = rows(truth.table["__unit"].to_numpy()[places].tolist() if "__unit" in truth.table else [])
    lines = []
    for place in places:
        unit = truth.table["__unit"].iloc[place] if "__unit" in truth.table else None
        likely = "" if given is None else f" (gave it {given[place]:.3f})"
        lines.append(f"{shown.get(unit, f'line {place}')}: is {told(truth, truth.values[place])}, said {told(truth, values[place])}{likely}")
    return lines


def told(truth, cells):
    names = truth.labels if truth.predicts == "labels" else None
    one = [names[int(cell)] if names and int(cell) < len(names) else f"{cell:.4g}" for cell in cells]
    return cut(", ".join(one[:MOST_COLUMNS]), 80)


def cut(text, most=MOST_CHARACTERS):
    text = " ".join(str(text).split())
    return text if len(text) <= most else text[: most - 1] + "…"


def rows_of(view, train, hidden):
    """How rows of the training table are told: by their place, with what stands in them but for what is predicted."""
    def tell(units):
        path = os.path.join(view, "folds.csv")
        if train is None or not units or not os.path.isfile(path):
            return {}
        folds = pd.read_csv(path)
        if "row" not in folds:
            return {}
        first = folds[folds["unit"].isin(units)].groupby("unit")["row"].first()
        cells = cells_of(os.path.join(view, train["path"]), train["delimiter"], sorted(first), hidden)
        return {unit: f"row {row}{cells.get(row, '')}" for unit, row in first.items()}

    return tell


def cells_of(path, delimiter, rows, hidden):
    """Of narrow tables every cell, of wide ones the texts alone."""
    if len(delimiter) != 1 or delimiter == "\n" or not os.path.isfile(path) or os.path.getsize(path) > MOST_BYTES:
        return {}
    found = {}
    for chunk in pd.read_csv(path, sep=delimiter, dtype=object, na_filter=False, chunksize=CHUNK, encoding="utf-8-sig"):
        columns = [column for column in chunk.columns if column not in hidden]
        if len(columns) > MOST_COLUMNS:
            head = chunk[columns].head(100)
            columns = [column for column in columns if pd.to_numeric(head[column], errors="coerce").isna().mean() > 0.5][:MOST_COLUMNS]
        for row in rows:
            if chunk.index[0] <= row <= chunk.index[-1] and columns:
                cells = (f"{column}={cut(chunk.at[row, column], 60)}" for column in columns if chunk.at[row, column] != "")
                found[row] = f" [{cut('; '.join(cells))}]"
        if not rows or chunk.index[-1] >= rows[-1]:
            break
    return found


def alike_members(members, read, truth):
    """For each pair of the first few members how alike they err: for labels in what they give to each class, else in how they rank the lines."""
    step = max(1, truth.count // MOST_COMPARED)
    labels = truth.predicts == "labels"
    arrays = [np.asarray(read(member), dtype=float)[::step] for member in members[:MOST_ALIKE]]
    right = np.eye(truth.announced)[truth.values[::step, 0]] if labels else 0
    arrays = [array - right if labels else ranked(array) - 0.5 for array in arrays]
    return [
        {"members": [member_of(members[one]), member_of(members[other])], "correlation": round(correlation(arrays[one], arrays[other]), 2)}
        for one in range(len(arrays)) for other in range(one + 1, len(arrays))
    ]


def correlation(one, other):
    spread = np.sqrt((one**2).sum() * (other**2).sum())
    return float((one * other).sum() / spread) if spread > 0 else 1.0


def member_of(member):
    return {"runId": member["id"], "name": member["name"]}
