"""Reads what a script left: never trusted, never larger than it can honestly be, wrong in one precise sentence."""
import os
import warnings

import numpy as np
import pandas as pd
from problem import Problem

SLACK_BYTES = 16 * 2**20
BYTES_PER_NUMBER = 64
HEADER_SLACK_BYTES = 64 * 2**10
SHOWN = 60


def shown(text):
    text = str(text)
    return repr(text if len(text) <= SHOWN else text[:SHOWN] + "...")


def several(items, most=3):
    listed = ", ".join(shown(item) for item in items[:most])
    return listed + (f" and {len(items) - most} more" if len(items) > most else "")


def in_brief(error):
    """What an error of a library says of a file, in a few words."""
    return (str(error).strip().splitlines() or [type(error).__name__])[-1][:200]


def read_table(path, name, form, *, truth_bytes=0):
    """The file's columns of the form, as text but for numbers; `form` has columns (id columns and those that predict), ids, numeric, count."""
    if not os.path.isfile(path):
        raise Problem(f"{name} is missing: write it with the columns {','.join(form['columns'])} and {form['count']} lines{form['like']}.")
    most = SLACK_BYTES + form["count"] * len(form["columns"]) * BYTES_PER_NUMBER + 8 * truth_bytes
    if os.path.getsize(path) > most:
        raise Problem(f"{name} has {os.path.getsize(path)} bytes, too many for {form['count']} lines of predictions.")
    most = HEADER_SLACK_BYTES + 4 * len(",".join(form["columns"]).encode())
    with open(path, "rb") as file:
        if len(file.readline(most)) == most:
            raise Problem(f"{name} begins with a line of more than {most} characters: its header must be {several(form['columns'], 8)}.")
    numeric = set(form["numeric"])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            header = [str(column) for column in pd.read_csv(path, nrows=0, encoding="utf-8-sig", index_col=False).columns]
            missing = [column for column in form["columns"] if column not in header]
            if missing:
                raise Problem(f"{name} lacks the column {several(missing)}: its header must be {','.join(form['columns'])}, and is {several(header, 8)}.")
            table = pd.read_csv(
                path, encoding="utf-8-sig", index_col=False, usecols=form["columns"], na_filter=False, low_memory=False,
                dtype={column: object for column in form["columns"] if column not in numeric},
            )
    except Problem:
        raise
    except Exception as error:
        raise Problem(f"{name} cannot be read as CSV: {in_brief(error)}.") from None
    if len(table) != form["count"]:
        raise Problem(f"{name} has {len(table)} lines of predictions and must have {form['count']}{form['like']}.")
    return table


def keys_of(table, ids):
    """One text for each line that says which it is."""
    parts = [table[column].astype(str).str.strip().to_numpy(dtype=object) for column in ids]
    return parts[0] if len(parts) == 1 else np.array(["\x1f".join(cells) for cells in zip(*parts)], dtype=object)


def as_number(text):
    """The same text for numbers that are written differently: a data frame may have made `7.0` of `7`."""
    def one(cell):
        try:
            number = float(cell)
        except ValueError:
            return cell
        return repr(int(number)) if number == number and abs(number) < 2**53 and number == int(number) else repr(number)
    return "\x1f".join(one(cell) for cell in text.split("\x1f"))


def order_by_ids(table, ids, keys, name, form):
    """For each expected line the place of its prediction, whatever the order of the file."""
    found = keys_of(table, ids)
    if np.array_equal(found, keys):
        return np.arange(len(keys))
    order = pd.Index(found).get_indexer(keys) if pd.Index(found).is_unique else None
    if order is None or (order < 0).any():
        as_numbers = [np.array([as_number(key) for key in side], dtype=object) for side in (found, keys)]
        if all(pd.Index(side).is_unique for side in as_numbers):
            found, keys = as_numbers
            order = pd.Index(found).get_indexer(keys)
    columns = " and ".join(ids)
    if order is None:
        repeated = found[pd.Index(found).duplicated()][0].replace("\x1f", ", ")
        raise Problem(f"{name} holds the {columns} {shown(repeated)} more than once: predict each line once.")
    if (order < 0).any():
        lost = [key.replace("\x1f", ", ") for key in keys[order < 0]]
        strange = found[pd.Index(keys).get_indexer(found) < 0][:1]
        instead = "".join(f" and holds {shown(key.replace(chr(31), ', '))}, which is none of them" for key in strange)
        raise Problem(f"{name} lacks {len(lost)} of the {form['count']} values of {columns} ({several(lost)}){instead}{form['like']}.")
    return order


def numbers(table, columns, name, *, within=None):
    """The columns as numbers, lines x columns; the first cell that is none is named."""
    values = np.empty((len(table), len(columns)))
    for place, column in enumerate(columns):
        cells = table[column]
        as_floats = pd.to_numeric(cells, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        values[:, place] = as_floats
        bad = ~np.isfinite(as_floats)
        if bad.any():
            line = int(bad.argmax())
            raise Problem(f"{name}, line {line + 2}, column {column}: {shown(cells.iloc[line])} is not a finite number{f' ({int(bad.sum())} such cells)' if bad.sum() > 1 else ''}.")
        if within is not None and len(as_floats) and not (within[0] - 1e-6 <= as_floats.min() and as_floats.max() <= within[1] + 1e-6):
            line = int(((as_floats < within[0]) | (as_floats > within[1])).argmax())
            raise Problem(f"{name}, line {line + 2}, column {column}: {shown(cells.iloc[line])} is no probability; the metric needs numbers from 0 to 1.")
    return values


def longest(texts):
    return max((len(text) for row in texts for text in row), default=0)


def plain_label(text):
    """A label as both sides are to write it: `1.0` and `1` are one, so are `True` and `true`."""
    text = str(text).strip()
    return {"true": "True", "false": "False"}.get(text.lower()) or as_number(text)


def read_array(path, name, shape):
    """An array that a script left, of one of the shapes, finite; its header is looked at before it is loaded."""
    if not os.path.isfile(path):
        raise Problem(f"{name} is missing")
    count = int(np.prod(shape))
    if os.path.getsize(path) > count * 8 + 4096:
        raise Problem(f"{name} has {os.path.getsize(path)} bytes, too many for {' x '.join(map(str, shape))} numbers")
    try:
        array = np.load(path, allow_pickle=False, mmap_mode="r")
    except Exception as error:
        raise Problem(f"{name} cannot be read as a NumPy array: {in_brief(error)}") from None
    if not isinstance(array, np.ndarray) or array.dtype.kind not in "fiub":
        raise Problem(f"{name} does not hold numbers")
    if array.ndim == 1:
        array = array[:, None]
    if array.shape != tuple(shape) and not (shape[1] == 2 and array.shape == (shape[0], 1)):
        raise Problem(f"{name} has the shape {array.shape} and must have {tuple(shape)}: lines x columns in the harness's order")
    array = np.array(array, dtype=np.float32)
    if not np.isfinite(array).all():
        raise Problem(f"{name} holds {int((~np.isfinite(array)).sum())} cells that are not finite")
    return array
