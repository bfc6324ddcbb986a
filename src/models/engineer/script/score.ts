import type { Facts } from "../recipe/facts.ts";
import { answersWithLabels } from "../recipe/metrics.ts";

/** The cell that validates, prints the score and leaves the test set's `predictions`. */
export const score = (facts: Facts): string =>
  scoreCell(facts, {
    predict: "held_out, predictions[target] = out_of_fold(predict, folds, target, test)",
    tell: "",
    refit: "predict(train, test, target)",
  });

/** The same for solutions that are combined. */
export const combinedScore = (facts: Facts): string =>
  scoreCell(facts, {
    predict: `pairs = [out_of_fold(predict, folds, target, test) for predict in SOLUTIONS]
    held_out, setting = combine_out_of_fold(np.stack([held for held, _ in pairs]), folds, target)
    predictions[target] = combine(np.stack([average for _, average in pairs]), setting)`,
    tell: "\n    tell_weights(setting)",
    refit: "combine(np.stack([predict(train, test, target) for predict in SOLUTIONS]), setting)",
  });

// Where folds follow time, most of their models are old: the test set is then predicted by one that saw all rows.
const scoreCell = (facts: Facts, how: { predict: string; tell: string; refit: string }) =>
  `folds = make_folds()
predictions, scores = {}, []
for target in TARGETS:
    ${how.predict}
    scores.append(score(held_out, folds, target))
    tell_folds(held_out, folds, target)${how.tell}${facts.targets.length > 1 ? TELL_TARGET : ""}
    if sum(len(held) for _, held in folds) < len(train):
        predictions[target] = ${how.refit}${answersWithLabels(facts.task.metric) ? DECIDE : ""}
print(f"Final Validation Performance: {np.mean(scores):.8g}")`;

const TELL_TARGET = `
    print(f"{target}: {scores[-1]:.8g}")`;

const DECIDE = `
    rows = np.concatenate([held for _, held in folds])
    setting = tune_decision(held_out[rows], train[target].to_numpy()[rows])
    predictions[target] = decide(predictions[target], setting)`;
