import type { Facts } from "../facts.ts";
import { answersWithLabels, metricPython } from "../metrics.ts";
import { indent, pyImports } from "../python.ts";
import type { Part } from "../recipe.ts";
import { blockFolds, groupColumns, groupFolds } from "./folds.ts";

/** The cell that splits, predicts out of fold and measures: the same for every script of a run. */
export function validation(facts: Facts, parts: readonly Part[]): string {
  const folds = parts.find(({ name }) => name === "folds")?.options["count"] ?? "5";
  const kinds = new Set(facts.targets.map(({ kind }) => kind));
  const { imports: metrics, lines } = metricPython(facts.task.metric, kinds);
  const stratified = facts.targets.length === 1 && facts.kind !== "regression";
  const splitter = stratified ? "StratifiedKFold" : "KFold";
  const groups = groupColumns(facts);
  const imports = pyImports([
    ...metrics,
    `from sklearn.model_selection import ${splitter}`,
    ...(groups.length > 0 ? ["from sklearn.model_selection import GroupKFold"] : []),
  ]);
  const labels = stratified ? ", train[TARGETS[0]]" : "";
  return `${imports}

FOLDS = ${folds}


${facts.dates.length > 0 ? `${blockFolds(facts)}\n\n\n` : ""}${groups.length > 0 ? `${groupFolds(groups)}\n\n\n` : ""}def make_folds():
    """Pairs of row numbers: to fit on, and held out."""
${special(facts, groups)}    return list(${splitter}(FOLDS, shuffle=True, random_state=SEED).split(train${labels}))


def out_of_fold(predict, folds, target, rows):
    """Predictions of each held-out row by models that never saw it, and the models' average for \`rows\`."""
    held_out, average = None, 0
    for fit_index, held_index in folds:
        others = pd.concat([train.iloc[held_index], rows], ignore_index=True)
        predicted = predict(train.iloc[fit_index].reset_index(drop=True), others, target)
        if held_out is None:
            held_out = np.full((len(train), *predicted.shape[1:]), np.nan)
        held_out[held_index] = predicted[: len(held_index)]
        average = average + predicted[len(held_index) :] / len(folds)
    return held_out, average


${metricFunction(facts, lines)}


${scoreFunction(facts)}`;
}

const special = (facts: Facts, groups: readonly string[]): string =>
  [
    ...(facts.dates.length > 0 ? ["time_folds()"] : []),
    ...(groups.length > 0 ? ["group_folds()"] : []),
  ]
    .map((call) => `    if (folds := ${call}) is not None:\n        return folds\n`)
    .join("");

const metricFunction = ({ task }: Facts, lines: readonly string[]): string =>
  `def metric(truth, predicted):
    """The task's metric: ${task.metric}, ${task.direction === "minimize" ? "lower" : "higher"} is better."""
${indent(lines.join("\n"))}`;

function scoreFunction(facts: Facts): string {
  const measured = answersWithLabels(facts.task.metric) && facts.kind !== "regression";
  if (!measured)
    return `def score(held_out, folds, target):
    """The metric over all held-out rows."""
    rows = np.concatenate([held for _, held in folds])
    return metric(train[target].to_numpy()[rows], held_out[rows])


${tellFolds("held_out")}`;
  return `def decisions(held_out, folds, target):
    """Labels for the held-out rows; each fold's decisions are tuned on the other folds."""
    rows, truth = np.concatenate([held for _, held in folds]), train[target].to_numpy()
    decided = np.zeros(len(train), dtype=int)
    for _, held in folds:
        others = np.setdiff1d(rows, held)
        others = others if len(others) > 0 else held
        decided[held] = decide(held_out[held], tune_decision(held_out[others], truth[others]))
    return decided


def score(held_out, folds, target):
    """The metric over all held-out rows."""
    rows = np.concatenate([held for _, held in folds])
    return metric(train[target].to_numpy()[rows], decisions(held_out, folds, target)[rows])


${tellFolds("decisions(held_out, folds, target)")}`;
}

/** Tells a reader of the log how the score was validated, and how far it depends on the rows that are held out. */
const tellFolds = (answers: string): string => `def tell_folds(held_out, folds, target):
    """Prints the metric of each fold alone; one that lacks a class may have none."""
    truth, answers = train[target].to_numpy(), ${answers}
    rows = sum(len(held) for _, held in folds)
    print(f"Validation: {len(folds)} folds, {rows} of {len(train)} training rows held out")
    told = []
    for _, held in folds:
        try:
            told.append(f"{metric(truth[held], answers[held]):.6g}")
        except ValueError:
            told.append("none")
    print(f"Fold scores: {', '.join(told)}")`;
