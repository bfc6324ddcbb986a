"""Reads a table of new rows, as it comes; every cell is text, as it is written there."""
import json
import os

import pandas as pd

SEPARATORS = (",", ";", "\t", "|")
RECORDS = (".json", ".jsonl", ".ndjson")
BOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


class Refused(Exception):
    """Why the rows cannot be predicted, in a sentence."""


def read_new(path, form):
    """The table; refused with a sentence when it cannot be read."""
    if not os.path.isfile(path):
        raise Refused("it is a folder; give a table" if os.path.isdir(path) else "there is no such file")
    ending = os.path.splitext(path)[1].lower()
    try:
        if ending in RECORDS:
            table = records(path, ending != ".json")
        elif ending in (".parquet", ".pq"):
            table = pd.read_parquet(path).map(text)
        elif ending in BOOKS:
            table = pd.read_excel(path, engine="calamine" if ending != ".xlsx" else None).map(text)
        else:
            table = separated(path, set(form["columns"]))
    except (ValueError, ImportError, OSError, EOFError) as problem:
        raise Refused(f"it cannot be read ({str(problem).splitlines()[0]}); save it as CSV in UTF-8") from problem
    if table.empty:
        raise Refused("it has no rows")
    table.columns = [str(name).strip() for name in table.columns]
    if not table.columns.is_unique:
        twice = sorted(set(table.columns[table.columns.duplicated()]))
        raise Refused(f"it has columns twice: {', '.join(twice)}; rename or remove one of each")
    return table


def separated(path, wanted):
    """By the separator that makes the most wanted columns of its first line; what is not UTF-8 is what spreadsheets write."""
    for encoding in ("utf-8-sig", "utf-16"):
        try:
            return separated_in(path, wanted, encoding)
        except UnicodeError:
            continue
    return separated_in(path, wanted, "cp1252")


def separated_in(path, wanted, encoding):
    heads = {separator: pd.read_csv(path, sep=separator, nrows=0, encoding=encoding).columns for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: (len(wanted.intersection(name.strip() for name in heads[separator])), len(heads[separator])))
    return pd.read_csv(path, sep=best, dtype=str, keep_default_na=False, index_col=False, encoding=encoding)


def records(path, lines):
    """JSON without pandas' guesses: what stands there."""
    with open(path, encoding="utf-8-sig") as file:
        rows = [json.loads(line) for line in file if line.strip()] if lines else json.load(file)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("it is no list of objects")
    return pd.DataFrame(rows, dtype=object).map(text)


def read_table(path, delimiter):
    """A table of the task as text."""
    if path.lower().endswith(RECORDS):
        return records(path, delimiter != "")
    return pd.read_csv(path, sep=delimiter, dtype=str, keep_default_na=False)


def text(cell):
    """A cell as the task's own tables have it: whole numbers without a fraction, days without an hour."""
    if isinstance(cell, (list, dict)):
        return str(cell)
    if pd.isna(cell):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, pd.Timestamp):
        return str(cell.date() if cell == cell.normalize() else cell)
    return str(cell)
