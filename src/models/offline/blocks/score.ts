import type { Facts } from "../facts.ts";
import { answersWithLabels } from "../metrics.ts";

/** The lines that run the validation, print the score and leave the test set's `predictions`. */
export const score = (facts: Facts): string => `folds = make_folds()
predictions, scores = {}, []
for target in TARGETS:
    held_out, predictions[target] = out_of_fold(predict, folds, target, test)
    scores.append(score(held_out, folds, target))
    tell_folds(held_out, folds, target)${targetLine(facts)}${refit(facts, "predict(train, test, target)")}${labels(facts)}
${FINAL}`;

/** The line that the harness reads. */
export const FINAL = 'print(f"Final Validation Performance: {np.mean(scores):.8g}")';

/** Prints a target's own score where there are several. */
export const targetLine = ({ targets }: Facts): string =>
  targets.length > 1 ? '\n    print(f"{target}: {scores[-1]:.8g}")' : "";

/** Where folds follow time, most of their models are old: the test set is then predicted by one that saw all rows. */
export const refit = ({ dates }: Facts, prediction: string): string =>
  dates.length === 0
    ? ""
    : `\n    if sum(len(held) for _, held in folds) < len(train):\n        predictions[target] = ${prediction}`;

/** Labels instead of probabilities where the metric asks for them. */
export const labels = (facts: Facts): string =>
  answersWithLabels(facts.task.metric) && facts.kind !== "regression"
    ? `
    rows = np.concatenate([held for _, held in folds])
    setting = tune_decision(held_out[rows], train[target].to_numpy()[rows])
    predictions[target] = decide(predictions[target], setting)`
    : "";
