import { type Ground, isMeasured } from "../src/core/ground.ts";
import { type Common, isBlended } from "../src/core/questions.ts";
import { SCORE_MARKER } from "../src/core/score.ts";
import { oneLine } from "./excerpt.ts";

type Told = Pick<Common, "task" | "settings" | "ground">;

/** What a solution script must keep to, or its result does not count. */
export const scriptContract = (common: Told): string => {
  const { ground } = common;
  return `A solution is one self-contained Python file, run in a sandbox without network.
- It reads ./input (read-only), writes only below its own folder, and makes ./final itself.
${isMeasured(ground) ? measured(common, ground) : CLAIMED}
- Whatever is fitted (imputers, scalers, encoders, feature selection, when training stops early) is fitted on training rows only.
- At its end it prints one line \`${SCORE_MARKER} <number>\`: the task's metric on all held-out rows, as the task
  defines it. With folds, a line \`Fold scores: <number>, <number>, ...\` stands before it.
- At every run it also predicts the test set into ./final/submission.csv: columns, rows and order of the sample submission (go by id: the test
  set's order may differ), no missing values.
- It honours the environment: MLE_STAR_MAX_TRAIN_ROWS (fit on at most so many training rows, sampled with the seed, and predict all; absent
  or 0: no limit), MLE_STAR_SEED, MLE_STAR_CPUS (for n_jobs, thread_count and the like), MLE_STAR_TIME_LIMIT_S (it is then killed and all
  is lost: plan for half of it). What takes long leaves room for fewer scripts, and takes longer in the final run, on all rows.
- It uses only the packages named below, by the interfaces of these versions, and downloads nothing.
- It prints a few lines, among them the seconds of its main stages and the score of each model; no progress bars.
- No exit() or quit(), no errors hidden in try/except, no invented data.`;
};

const CLAIMED = `- It splits off its validation rows right after loading and never trains on them. All solutions split alike: 20 % of the rows, shuffled
  with the random state MLE_STAR_SEED, stratified for a class target; below 3,000 rows 5 such folds, predicted out of fold; by group or by
  time only where rows belong together or the test set lies later in time.`;

function measured(common: Told, { folds, predicts, columns, noun }: Ground): string {
  const isTable = common.task.train !== null;
  const key = isTable
    ? "`row` is its position in the training table, counted from 0"
    : "`unit` is its path below ./input";
  const wide = predicts === "labels" ? "classes" : `${Math.max(1, columns.length)}`;
  const parts = [
    `- The program has split the data and scores the predictions itself. ./input/folds.csv has a line for each ${isTable ? "training row" : oneLine(noun, 40)} that is held
  out: ${key}; \`fold\` is from 0 to ${folds - 1}. For each fold, fit on all that is not in it (rows
  that are not listed are always for training) and predict what is in it. Never split in another way.
- It writes these predictions to ./final/validation.csv: ./input/validation_sample.csv (the lines of folds.csv in their order) with its
  placeholders replaced; same columns, same lines, no missing values. The test set is predicted by ${folds > 1 ? "the average of the folds' models" : "the model fitted again on all rows"}.`,
    ...(predicts === "labels"
      ? [
          `- Labels are derived from scores by the program: it also writes ./final/validation_scores.npy and ./final/test_scores.npy, float32 arrays
  of lines x classes (probabilities; classes in the order of ./input/classes.csv) for the lines of validation.csv and of submission.csv.`,
        ]
      : []),
    ...(predicts === "texts"
      ? []
      : [
          `- When it trains several models it leaves each as a member: ./final/members/<name>_validation.npy and <name>_test.npy, arrays of lines x ${wide}
  (the lines of validation.csv and of submission.csv), and ./final/members.json, a list of {"name", "what", "seconds"}; \`what\` in a few words.`,
          ...(isBlended(common) ? [MEMBERS] : []),
        ]),
  ];
  return parts.join("\n");
}

const MEMBERS = `- ./input/members/<n>/ (n = 1, 2, ...; perhaps none) holds the members of earlier scripts: validation.npy and test.npy, lines and form as
  above, and member.json, such as {"name": "4-lightgbm-rates", "title": "LightGBM on rates", "score": 0.8712, "from": "track-1/model-2"}.
  After each script the program itself takes the best weighted average and the best linear stack of all members. So a script does one of two things:
  it adds: it trains one or a few new models, short and quick, and nothing that is there already (no model twice, no average of what is
  there); its own validation.csv and submission.csv may join its models as it likes. New models with other errors help most (another family,
  other features, another view of the data), also when they are weaker.
  Or it combines: it reads ./input/members, and stacks or corrects what they predict, fitted for each fold on the lines of the other folds
  alone. It trains no model that is there, and is no member itself.`;
