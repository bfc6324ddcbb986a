"""Makes new rows what the solution can read, and says what is not as in the data it learned from."""
import os

import pandas as pd

from read_new import Refused, read_table

MISSING = ("", "na", "n/a", "nan", "null", "none", "#n/a")
MOST_NAMED = 8


def suited(given, columns, form, own, say):
    """The rows with these columns: those that nobody asked for left out, those that may be missing empty."""
    absent = [name for name in form["required"] if name not in given]
    if absent:
        raise Refused(f"it lacks {named(absent)}, which the solution reads; it has {named(list(given.columns))}")
    unknown = [name for name in given if name not in columns and name not in form["ids"]]
    if unknown:
        say(f"Not read, since the solution does not know them: {named(unknown)}.")
    table = pd.DataFrame({name: given[name] if name in given else "" for name in columns}, dtype=object).reset_index(drop=True)
    learned = read_table(os.path.join(own, form["train"]["path"]), form["train"]["delimiter"]) if form["train"] else pd.DataFrame()
    for name in form["required"]:
        if name not in learned or name in form["ids"]:
            continue
        if form["columns"].get(name) == "number":
            table[name] = numbers(table[name], learned[name], name, say)
        elif form["columns"].get(name) in ("category", "boolean"):
            tell_new(table[name], learned[name], name, say)
    return table


def numbers(cells, learned, name, say):
    """Cells that are numbers; those that are none count as missing, unless the training data have such too."""
    if unread(learned).any():
        return cells
    odd = unread(cells)
    if not odd.any():
        return cells
    points = cells.str.replace(",", ".")
    if not unread(points).any():
        say(f'"{name}": decimal commas are read as points.')
        return points
    say(f'"{name}": {odd.sum()} of {len(cells)} values are no numbers, such as "{cells[odd].iloc[0]}"; they count as missing.')
    return cells.where(~odd, "")


def unread(cells):
    return pd.to_numeric(cells, errors="coerce").isna() & ~cells.str.strip().str.lower().isin(MISSING)


def tell_new(cells, learned, name, say):
    """Categories that the solution never saw: scripts take them as unknown."""
    known = set(learned)
    new = [cell for cell in cells.unique() if cell not in known and cell.strip().lower() not in MISSING]
    if new:
        say(f'"{name}": {cells.isin(new).sum()} rows have values that the training data do not have ({named(new)}); they are predicted as of an unknown one.')


def named(names):
    shown = ", ".join(f'"{name}"' for name in names[:MOST_NAMED])
    return shown if len(names) <= MOST_NAMED else f"{shown} and {len(names) - MOST_NAMED} more"
