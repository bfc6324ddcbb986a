import type { Facts } from "../recipe/facts.ts";
import { answersWithLabels, metricPython } from "../recipe/metrics.ts";
import { indent, withImports } from "../recipe/python.ts";
import { decisions } from "./decisions.ts";

/** The cell that says which rows are held out, predicts them and measures: the same for every script of a run. */
export function validation(facts: Facts): string {
  const { task, targets } = facts;
  const splitter =
    targets.length === 1 && facts.kind !== "regression"
      ? `StratifiedKFold(5, shuffle=True, random_state=SEED).split(train, train[TARGETS[0]])`
      : `KFold(5, shuffle=True, random_state=SEED).split(train)`;
  const metric = `def metric(truth, predicted):
    """The task's metric: ${task.metric}, ${task.direction === "minimize" ? "lower" : "higher"} is better."""
${indent(metricPython(task, facts.kind))}`;
  const answers = answersWithLabels(task.metric) ? [decisions(facts), DECIDED] : [PREDICTED];
  return withImports(
    [foldsPython(splitter), OUT_OF_FOLD, metric, ...answers, MEASURE].join("\n\n\n"),
  );
}

const foldsPython = (splitter: string) => `MEASURED = Path("./input/folds.csv").exists()


def make_folds():
    """The fold of each training row, -1 for one that only trains; and the rows held out, in the order they are asked for."""
    folds = np.full(len(train), -1)
    if MEASURED:
        given = pd.read_csv("./input/folds.csv")
        lines = train.index.get_indexer(given["row"])
        folds[lines] = given["fold"]
        return folds, lines
    for fold, (_, held) in enumerate(${splitter}):
        folds[held] = fold
    return folds, np.arange(len(train))


FOLDS, LINES = make_folds()
# What is fitted on predictions is judged on parts it was not fitted on: the folds, or else fifths of the only one.
PARTS = FOLDS[LINES] if FOLDS.max() > 0 else np.arange(len(LINES)) * 5 // len(LINES)`;

// Models of a single fold are old where folds follow time: the test set is then predicted by one that saw all rows.
const OUT_OF_FOLD = `def fitting_rows(fold):
    """The training rows outside the fold; a sample where there are more than the limit."""
    rows = np.flatnonzero(FOLDS != fold)
    if 0 < MAX_TRAIN_ROWS < len(rows):
        rows = np.sort(np.random.default_rng(SEED).choice(rows, MAX_TRAIN_ROWS, replace=False))
    return train.iloc[rows].reset_index(drop=True)


def out_of_fold(predict, target):
    """By each model: the held-out rows, predicted without their fold, and the test rows, by the average over the folds."""
    held_out, tested, count = None, 0, FOLDS.max() + 1
    for fold in range(count):
        held = np.flatnonzero(FOLDS == fold)
        others = pd.concat([train.iloc[held], test], ignore_index=True)
        predicted = predict(fitting_rows(fold), others, target)
        if held_out is None:
            held_out = np.full((len(predicted), len(train), *predicted.shape[2:]), np.nan)
        held_out[:, held] = predicted[:, : len(held)]
        tested = tested + predicted[:, len(held) :] / count
    return held_out[:, LINES], tested if count > 1 else predict(fitting_rows(count), test, target)`;

const PREDICTED = `def answers(held_out, tested, target):
    """What is handed in: the predictions themselves."""
    return held_out, tested`;

const DECIDED = `def answers(held_out, tested, target):
    """What is handed in: labels; how each part is decided is tuned on the other parts."""
    truth, decided = train[target].to_numpy()[LINES], np.zeros(len(LINES), dtype=int)
    for part in np.unique(PARTS):
        here = PARTS == part
        decided[here] = decide(held_out[here], tune_decision(held_out[~here], truth[~here]))
    return decided, decide(tested, tune_decision(held_out, truth))`;

/** Measures, and tells a reader of the log how the score was validated and how far it depends on the rows held out. */
const MEASURE = `def measure(answered, target):
    """The metric over all held-out rows; prints that of each fold alone, where there is one."""
    truth, folds, told = train[target].to_numpy()[LINES], FOLDS[LINES], []
    print(f"Validation: {folds.max() + 1} folds, {len(LINES)} of {len(train)} training rows held out")
    for fold in range(folds.max() + 1):
        try:
            told.append(f"{metric(truth[folds == fold], answered[folds == fold]):.6g}")
        except ValueError:
            told.append("none")
    print(f"Fold scores: {', '.join(told)}")
    return metric(truth, answered)`;
