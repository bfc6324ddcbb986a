import type { Facts } from "../recipe/facts.ts";
import { answersWithLabels, metricPython } from "../recipe/metrics.ts";
import { indent, withImports } from "../recipe/python.ts";
import type { Part } from "../recipe/recipe.ts";
import { decisions } from "./decisions.ts";
import { blockFolds, groupColumns, groupFolds } from "./folds.ts";

/** The cell that splits, predicts out of fold and measures: the same for every script of a run. */
export function validation(facts: Facts, parts: readonly Part[]): string {
  const { task, targets, dates } = facts;
  const folds = parts.find(({ name }) => name === "folds")?.options["count"] ?? "5";
  const groups = groupColumns(facts);
  const special = [
    ...(dates.length > 0 ? [{ name: "time_folds", python: blockFolds(facts) }] : []),
    ...(groups.length > 0 ? [{ name: "group_folds", python: groupFolds(groups) }] : []),
  ];
  const stratified = targets.length === 1 && facts.kind !== "regression";
  const makeFolds = `def make_folds():
    """Pairs of row numbers: to fit on, and held out."""
${special.map(({ name }) => `    if (folds := ${name}()) is not None:\n        return folds\n`).join("")}    splitter = ${stratified ? "StratifiedKFold" : "KFold"}(FOLDS, shuffle=True, random_state=SEED)
    return list(splitter.split(train${stratified ? ", train[TARGETS[0]]" : ""}))`;
  const metric = `def metric(truth, predicted):
    """The task's metric: ${task.metric}, ${task.direction === "minimize" ? "lower" : "higher"} is better."""
${indent(metricPython(task.metric, facts.kind))}`;
  const functions = [
    ...special.map(({ python }) => python),
    makeFolds,
    OUT_OF_FOLD,
    metric,
    ...(answersWithLabels(task.metric) ? [decisions(facts), DECISIONS] : [PREDICTIONS]),
    SCORE,
  ];
  return withImports(`FOLDS = ${folds}\n\n\n${functions.join("\n\n\n")}`);
}

const OUT_OF_FOLD = `def out_of_fold(predict, folds, target, rows):
    """Predictions of each held-out row by models that never saw it, and the models' average for \`rows\`."""
    held_out, average = None, 0
    for fit_index, held_index in folds:
        others = pd.concat([train.iloc[held_index], rows], ignore_index=True)
        predicted = predict(train.iloc[fit_index].reset_index(drop=True), others, target)
        if held_out is None:
            held_out = np.full((len(train), *predicted.shape[1:]), np.nan)
        held_out[held_index] = predicted[: len(held_index)]
        average = average + predicted[len(held_index) :] / len(folds)
    return held_out, average`;

const PREDICTIONS = `def answers(held_out, folds, target):
    """What is measured: the predictions themselves."""
    return held_out`;

const DECISIONS = `def answers(held_out, folds, target):
    """Labels for the held-out rows; each fold's decisions are tuned on the other folds."""
    rows, truth = np.concatenate([held for _, held in folds]), train[target].to_numpy()
    decided = np.zeros(len(train), dtype=int)
    for _, held in folds:
        others = np.setdiff1d(rows, held)
        others = others if len(others) > 0 else held
        decided[held] = decide(held_out[held], tune_decision(held_out[others], truth[others]))
    return decided`;

/** Measures, and tells a reader of the log how the score was validated and how far it depends on the rows held out. */
const SCORE = `def score(held_out, folds, target):
    """The metric over all held-out rows."""
    rows = np.concatenate([held for _, held in folds])
    return metric(train[target].to_numpy()[rows], answers(held_out, folds, target)[rows])


def tell_folds(held_out, folds, target):
    """Prints the metric of each fold alone; one that lacks a class may have none."""
    truth, answered = train[target].to_numpy(), answers(held_out, folds, target)
    rows = sum(len(held) for _, held in folds)
    print(f"Validation: {len(folds)} folds, {rows} of {len(train)} training rows held out")
    told = []
    for _, held in folds:
        try:
            told.append(f"{metric(truth[held], answered[held]):.6g}")
        except ValueError:
            told.append("none")
    print(f"Fold scores: {', '.join(told)}")`;
