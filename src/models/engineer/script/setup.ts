import type { Task } from "../../../core/task.ts";
import { type Facts, hasNumericClasses } from "../recipe/facts.ts";
import { pyList, readTable } from "../recipe/python.ts";

/** The comment on top of a script, and the cell that loads the data. */
export function setup(facts: Facts): string {
  const { task, targets } = facts;
  const read = (table: Task["train"], asText: readonly string[]) =>
    readTable(table?.path ?? "", table?.delimiter ?? ",", asText);
  const named = (columns: readonly { name: string }[]) => pyList(columns.map(({ name }) => name));
  return `import os
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

SEED = int(os.environ.get("MLE_STAR_SEED") or 0)
CPUS = int(os.environ.get("MLE_STAR_CPUS") or 1)
MAX_TRAIN_ROWS = int(os.environ.get("MLE_STAR_MAX_TRAIN_ROWS") or 0)
warnings.filterwarnings("ignore")

TARGETS = ${named(targets)}
NUMBER_COLUMNS = ${named(facts.numbers)}
CATEGORY_COLUMNS = ${named(facts.categories)}
DATE_COLUMNS = ${named(facts.dates)}
TEXT_COLUMNS = ${named(facts.texts)}

train = ${read(task.train, textTargets(facts))}.dropna(subset=TARGETS)${whole(facts)}
test = ${read(task.test, task.submission.idColumns)}
${labels(facts)}if 0 < MAX_TRAIN_ROWS < len(train):
    train = train.sample(MAX_TRAIN_ROWS, random_state=SEED).sort_index()
train = train.reset_index(drop=True)`;
}

/** Class targets become 0, 1, 2, ...; the labels come back with the submission. */
const labels = ({ kind }: Facts): string =>
  kind === "regression"
    ? ""
    : `CLASSES = {target: sorted(train[target].unique()) for target in TARGETS}
for target, classes in CLASSES.items():
    train[target] = train[target].map({label: code for code, label in enumerate(classes)})
`;

/** Whole numbers that gaps turned into fractions become whole again. */
const whole = ({ targets, task, kind }: Facts): string => {
  const isWhole = targets.every(({ name }) =>
    task.train?.columns.some((column) => column.name === name && column.integer),
  );
  return kind !== "regression" && isWhole ? ".astype(dict.fromkeys(TARGETS, int))" : "";
};

/** Class targets that are written as text, so that their labels come back as they were. */
const textTargets = ({ targets, kind }: Facts): string[] =>
  kind === "regression"
    ? []
    : targets.filter(({ classes }) => !hasNumericClasses(classes)).map(({ name }) => name);
