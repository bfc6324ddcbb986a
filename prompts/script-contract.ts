import { type Ground, isMeasured } from "../src/core/ground.ts";
import { type Common, isBlended } from "../src/core/questions.ts";
import { SCORE_MARKER } from "../src/core/score.ts";
import { oneLine } from "./excerpt.ts";

type Told = Pick<Common, "task" | "settings" | "ground">;

/** What a solution script must keep to, or its result does not count. */
export const scriptContract = (common: Told): string => {
  const { task, settings, ground } = common;
  return `A solution is one self-contained Python file, run by a program in a sandbox without network.
- It reads ./input (read-only, the files named above) and writes only below its own folder; it makes ./final itself.
${isMeasured(ground) ? measured(common, ground) : CLAIMED}
- Everything that is fitted (imputers, scalers, encoders, feature selection, the round at which a model stops training) is fitted on
  training rows only.
- At its end it prints exactly one line \`${SCORE_MARKER} <number>\`: ${oneLine(task.metric, 80)} on all held-out rows, as
  a plain number. The metric is computed as the task defines it. With folds, a line \`Fold scores: <number>, <number>, ...\` stands before it.
- At every run it also predicts the test set and writes ./final/submission.csv in the form of the sample submission:
  same columns, same rows in the same order, no missing values.
- It reads its limits from the environment: MLE_STAR_MAX_TRAIN_ROWS (fit on at most so many training rows at a time, sampled with
  the seed; rows to predict stay whole; absent or 0 means all rows), MLE_STAR_SEED (an integer), MLE_STAR_CPUS
  (pass it to n_jobs, thread_count and the like), MLE_STAR_TIME_LIMIT_S (the script is killed after so many seconds; here ${settings.scriptSeconds}
  at most). It takes well under half of that: the same script runs once more at the end, on all rows.
- It uses only installed packages, in the versions named above (their current interfaces, not those of older releases), installs and downloads
  nothing (no pretrained weights, no data sets), and prints little: a few lines, no progress bars.
- It does not call exit() or quit(), does not hide errors in try/except, and invents no data.`;
};

const CLAIMED = `- It splits off its validation rows right after loading, before anything is fitted, and never trains on them. So that scores can be
  compared, all solutions split alike: 20 % of the rows, shuffled with the random state MLE_STAR_SEED, stratified for a class target;
  below 3,000 rows out-of-fold predictions of 5 such folds. Only where rows belong together, or the test set lies later in
  time, it splits by group or by time instead.`;

function measured(common: Told, { folds, predicts, columns, noun }: Ground): string {
  const isTable = common.task.train !== null;
  const key = isTable
    ? "`row` is its position in the training table, counted from 0"
    : "`unit` is its path below ./input";
  const wide = predicts === "labels" ? "classes" : `${Math.max(1, columns.length)}`;
  const parts = [
    `- The program has split the data and scores the predictions itself. ./input/folds.csv has a line for each ${isTable ? "training row" : noun} that is held
  out: ${key}; \`fold\` is from 0 to ${folds - 1}. For each fold, fit on everything that is not in it
  (rows that are not listed are always for training) and predict what is in it. Never split in another way.
- It writes these predictions to ./final/validation.csv: ./input/validation_sample.csv, which has the lines asked for in the order of folds.csv, with
  its placeholders replaced; same columns, same lines, no missing values. The test set is predicted by ${folds > 1 ? "the average of the folds' models" : "the model fitted again on all rows"}.`,
    ...(predicts === "labels"
      ? [
          `- Labels are derived from scores by the program: it also writes ./final/validation_scores.npy and ./final/test_scores.npy, float32 arrays
  of lines x classes (probabilities; classes in the order of ./input/classes.csv) for the lines of the two files.`,
        ]
      : []),
    ...(predicts === "texts"
      ? []
      : [
          `- When it trains several models it leaves each as a member too: ./final/members/<name>_validation.npy and <name>_test.npy, arrays of
  lines x ${wide}, and ./final/members.json, a list of {"name", "what", "seconds"}.`,
          ...(isBlended(common) ? [MEMBERS] : []),
        ]),
  ];
  return parts.join("\n");
}

const MEMBERS = `- ./input/members/<n>/ (n = 1, 2, ...; perhaps none) holds what earlier attempts left: validation.npy and test.npy in the same line order and
  form, and member.json with title, score and from. The program blends all members after each attempt: new models with other errors help
  most, and what is there need not be trained again.`;
