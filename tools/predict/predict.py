"""Predicts new rows by the solution of this folder: python predict.py NEW.csv -o OUT.csv

NEW is a table with the columns of the test table: CSV with any separator, JSON or Parquet. The solution is run with it as its test set.
What it fitted is kept in fitted/ where its scripts do so, and read again as long as scripts, data and packages are the same.
Exit codes: 0 done, 1 the solution failed, 2 NEW cannot be predicted.
"""
import argparse
import json
import os
import sys
import tempfile

import pandas as pd

from read_new import Refused, read_new, read_table
from run_solution import HERE, INPUT, Failed, run_fitted, say
from suit_columns import suited


def load(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return json.load(file)


def link(source, target, but):
    """A folder of links to all that is in another, but for these paths, which lie below it."""
    os.makedirs(target)
    for name in os.listdir(source):
        inside = {os.path.relpath(path, name) for path in but if path == name or path.startswith(f"{name}/")}
        if inside and inside != {"."}:
            link(os.path.join(source, name), os.path.join(target, name), inside)
        elif not inside:
            os.symlink(os.path.realpath(os.path.join(source, name)), os.path.join(target, name))


def write_table(table, path, delimiter):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if path.lower().endswith((".json", ".jsonl", ".ndjson")):
        numbers = table.apply(lambda cells: pd.to_numeric(cells.replace("", None), errors="coerce").where(cells != "", None))
        records = table.where(table != "", None).where(numbers.isna(), numbers)
        records.to_json(path, orient="records", lines=delimiter != "")
    else:
        table.to_csv(path, sep=delimiter, index=False)


def key(cells):
    """An id however it is written: 7.0 is 7."""
    numbers = pd.to_numeric(cells, errors="coerce")
    return cells.where(numbers.isna(), numbers.map("{:.17g}".format))


def answers(made, table, ids):
    """The lines of the submission that answer the rows of the table, in its order; ids must be told apart."""
    if not ids:
        return made.head(len(table)).reset_index(drop=True)
    keys = made[ids].apply(key)
    made = made.assign(**{name: keys[name] for name in ids}).drop_duplicates(ids)
    return table[ids].apply(key).merge(made, on=ids, how="left")


def lines_for(table, sample):
    """The lines of a sample submission for these rows: any prediction will do."""
    first = sample.iloc[0] if len(sample) else dict.fromkeys(sample.columns, "0")
    return pd.DataFrame({name: table[name] if name in table else first[name] for name in sample.columns}, index=table.index)


def with_ids(table, form, given):
    """The rows with ids by which they can be told apart: their own where these do."""
    ids = form["ids"]
    if not ids:
        return table
    brought = [name for name in ids if name in given]
    if brought == ids and (table[ids] != "").all(axis=None) and not table.duplicated(ids).any():
        return table
    if brought:
        say(f"The ids ({', '.join(ids)}) do not tell all rows apart: they are told apart by their order.")
    made = {name: [str(10**9 + at) if form["columns"].get(name) == "number" else f"new-{at}" for at in range(len(table))] for name in ids}
    return table.assign(**made)


def are_ranked():
    """Whether what is joined are ranks, which a row has among others only."""
    return os.path.exists(os.path.join(HERE, "blend.json")) and load("blend.json").get("space") == "rank"


def beside_others(table, others, ids):
    """The rows, and behind them those of another table that are not among them."""
    if ids:
        keys = key(table[ids[0]])
        others = others[~key(others[ids[0]]).isin(keys)]
    return pd.concat([table, others], ignore_index=True)


def predict(new, work, keep, media):
    """The predictions for a table, with the ids that it brings; what is to be known of it is said."""
    form = load("predict.json")
    test, sample = form["test"], form["sample"]
    for path in (test["path"], sample):
        if path and not os.path.exists(os.path.join(INPUT, path)):
            raise Refused(f"input/{path} is missing beside predict.py; put the task's data into input/")
    given = read_new(new, form)
    before = read_table(os.path.join(INPUT, test["path"]), test["delimiter"])
    table = with_ids(suited(given, before.columns, form, INPUT, say), form, given)
    asked = beside_others(table, before, form["ids"]) if are_ranked() else table
    written = {test["path"]: (asked, test["delimiter"])}
    if sample:
        written[sample] = (lines_for(asked, read_table(os.path.join(INPUT, sample), ",")), ",")
    folder = form.get("media")
    if folder and not (media and os.path.isdir(media)):
        raise Refused(f"its rows speak of files: name their folder by --media; it stands in the place of input/{folder}")
    link(INPUT, os.path.join(work, "input"), {*written, *([folder] if folder else [])})
    if folder:
        os.symlink(os.path.realpath(media), os.path.join(work, "input", folder))
    for path, (rows, delimiter) in written.items():
        write_table(rows, os.path.join(work, "input", path), delimiter)
    os.makedirs(os.path.join(work, "final"))
    made = run_fitted(work, keep, set(written))
    if len(made) < len(table):
        raise Failed(f"the solution predicted {len(made)} lines for {len(table)} rows")
    found = answers(made, table, [name for name in form["ids"] if name in made])
    ids = given[[name for name in form["ids"] if name in given]].reset_index(drop=True)
    return pd.concat([ids, found[[name for name in made.columns if name not in form["ids"]]]], axis=1)


def main():
    words = argparse.ArgumentParser(description="Predicts new rows by the solution of this folder.")
    words.add_argument("new", metavar="NEW.csv", help="a table with the columns of the test table")
    words.add_argument("-o", "--out", metavar="OUT.csv", help="where the predictions go (default: standard output)")
    words.add_argument("--keep", metavar="FOLDER", default=os.path.join(HERE, "fitted"), help="where what was fitted is kept (default: fitted, beside this file)")
    words.add_argument("--work", metavar="FOLDER", help="where there is room to work (default: the system's folder for temporary files)")
    words.add_argument("--media", metavar="FOLDER", help="the files that NEW speaks of, called and laid out as those of the test set")
    words.add_argument("--called", metavar="NAME", help="what NEW is called in messages (default: its path)")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.work, prefix="predict-") as work:
        try:
            table = predict(asked.new, os.path.realpath(work), os.path.abspath(asked.keep), asked.media)
        except (Refused, Failed) as problem:
            say(f"{asked.called or asked.new}: {problem}")
            sys.exit(2 if isinstance(problem, Refused) else 1)
    table.to_csv(asked.out or sys.stdout, index=False)
    say(f"{len(table)} rows predicted.")


if __name__ == "__main__":
    main()
