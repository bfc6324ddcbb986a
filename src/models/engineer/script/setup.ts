import type { Column, Task } from "../../../core/task.ts";
import { isWritten, readName } from "../recipe/as-read.ts";
import { type Facts, hasNumericClasses } from "../recipe/facts.ts";
import { ENDINGS, FILE } from "../recipe/media.ts";
import { pyList, pyString, readTable } from "../recipe/python.ts";
import { readings } from "./readings.ts";

/** The cell that loads the data; a training row keeps the number it has in its table. */
export function setup(facts: Facts): string {
  const { task, targets } = facts;
  const read = (table: Task["train"], asText: readonly string[]) =>
    readTable(table?.path ?? "", table?.delimiter ?? ",", asText);
  const named = (columns: readonly { name: string }[]) => pyList(columns.map(({ name }) => name));
  const classTargets = facts.kind === "regression" ? [] : targets.map(({ name }) => name);
  const ids = [...new Set([...task.submission.idColumns, ...(facts.media?.columns ?? [])])];
  const amounts = facts.kind === "regression" ? targetColumns(facts).filter(isWritten) : [];
  const used = [...facts.numbers, ...facts.categories, ...facts.dates, ...facts.texts];
  const idsToRead = ids.filter((id) => used.some(({ name }) => name === readName(id)));
  const asText = [
    ...ids,
    ...used
      .filter(isWritten)
      .flatMap(({ name }) => (idsToRead.map(readName).includes(name) ? [] : [name])),
  ];
  const cells = `${idsToRead.map(apart).join("")}${readings([...amounts, ...used])}${files(facts)}`;
  return `import itertools
import json
import os
import pickle${/\bre\./.test(cells) ? "\nimport re" : ""}
import time
import warnings
${facts.media === null ? "" : "from glob import glob\n"}from pathlib import Path

import joblib
import numpy as np
import pandas as pd

SEED = int(os.environ.get("MLE_STAR_SEED") or 0)
CPUS = int(os.environ.get("MLE_STAR_CPUS") or 1)
MAX_TRAIN_ROWS = int(os.environ.get("MLE_STAR_MAX_TRAIN_ROWS") or 0)
FITTED, TURNS = os.environ.get("MLE_STAR_FITTED"), itertools.count()
warnings.filterwarnings("ignore")


def remembered(make):
    """What is made; where a folder for what was fitted is named, what was made there before at this turn."""
    if not FITTED:
        return make()
    path = Path(FITTED) / f"{next(TURNS)}.joblib"
    if path.exists():
        return joblib.load(path)
    made = make()
    try:
        joblib.dump(made, path, compress=1)
    except (pickle.PicklingError, AttributeError, TypeError):
        path.unlink()  # It is made anew each time.
    return made


TARGETS = ${named(targets)}
NUMBER_COLUMNS = ${named(facts.numbers)}
CATEGORY_COLUMNS = ${named(facts.categories)}
DATE_COLUMNS = ${named(facts.dates)}
TEXT_COLUMNS = ${named(facts.texts)}

train = ${read(task.train, [...classTargets, ...amounts.map(({ name }) => name), ...asText])}.dropna(subset=TARGETS)
test = ${read(task.test, asText)}${labels(facts)}${cells}`;
}

const targetColumns = ({ task, targets }: Facts): Column[] =>
  (task.train?.columns ?? []).filter((column) => targets.some(({ name }) => name === column.name));

/** The id stays as it is written. */
const apart = (id: string): string => `
train[${pyString(readName(id))}], test[${pyString(readName(id))}] = train[${pyString(id)}], test[${pyString(id)}]`;

/** Class targets become 0, 1, 2, ... in their order; the labels come back, as they were written, with the submission. */
const labels = ({ kind, targets }: Facts): string => {
  if (kind === "regression") return "";
  const order = targets.every(({ classes }) => hasNumericClasses(classes)) ? ", key=float" : "";
  return `
CLASSES = {target: sorted(train[target].unique()${order}) for target in TARGETS}
for target, classes in CLASSES.items():
    train[target] = train[target].map({label: code for code, label in enumerate(classes)}).astype(int)`;
};

/** Each row's file, by its number among all; known once for the whole script, whatever becomes of the rows. */
function files({ media }: Facts): string {
  if (media === null) return "";
  return `
FILE_COLUMNS = ${pyList(media.columns)}
FILES = [
    Path(path)
    for path in sorted(glob("./input/**/*", recursive=True))
    if Path(path).suffix.lower() in ${pyList(ENDINGS[media.kind])}
]


def files_of(rows, side):
    """The number of each row's file, named by a column with or without folders and ending; -1 where there is none."""
    numbers = {}
    for number in sorted(range(len(FILES)), key=lambda at: side in str(FILES[at].parent).lower()):
        names = FILES[number].parts[1:]
        for start in range(len(names)):
            name = "/".join(names[start:])
            numbers[name] = numbers[name.removesuffix(FILES[number].suffix)] = number
    found = [rows[column].map(numbers).fillna(-1).astype(int) for column in FILE_COLUMNS]
    best = max(found, key=lambda each: (each >= 0).sum())
    print(f"Files: {(best >= 0).sum()} of {len(rows)} rows of {side} have one")
    return best


train[${pyString(FILE)}], test[${pyString(FILE)}] = files_of(train, "train"), files_of(test, "test")`;
}
