import type { Common } from "../src/core/questions.ts";
import { SCORE_MARKER } from "../src/core/score.ts";
import { oneLine } from "./excerpt.ts";

/** What a solution script must keep to, or its result does not count. */
export const scriptContract = ({ task, settings }: Pick<Common, "task" | "settings">): string =>
  `A solution is one self-contained Python file, run by a program in a sandbox without network.
- It reads ./input (read-only, the files named above) and writes only below its own folder; it makes ./final itself.
- It splits off its validation rows right after loading, before anything is fitted, and never trains on them. So that scores can be
  compared, all solutions split alike: 20 % of the rows, shuffled with the random state MLE_STAR_SEED, stratified for a class target;
  below 3,000 rows out-of-fold predictions of 5 such folds. Only where rows belong together, or the test set lies later in
  time, it splits by group or by time instead.
- Everything that is fitted (imputers, scalers, encoders, feature selection, the round at which a model stops training) is fitted on
  training rows only.
- At its end it prints exactly one line \`${SCORE_MARKER} <number>\`: ${oneLine(task.metric, 80)} on all
  validation rows, as a plain number. The metric is computed as the task defines it. With folds, a line \`Fold scores: <number>, <number>, ...\`
  stands before it.
- At every run it also predicts the test set and writes ./final/submission.csv in the form of the sample submission:
  same columns, same rows in the same order, no missing values.
- It reads its limits from the environment: MLE_STAR_MAX_TRAIN_ROWS (use at most so many training rows, sampled with
  the seed, after the validation rows are split off; absent or 0 means all rows), MLE_STAR_SEED (an integer), MLE_STAR_CPUS
  (pass it to n_jobs, thread_count and the like), MLE_STAR_TIME_LIMIT_S (the script is killed after so many seconds; here ${settings.scriptSeconds}
  at most). It takes well under half of that: its last run trains on all rows.
- It uses only installed packages, in the versions named above (their current interfaces, not those of older releases), installs and downloads
  nothing (no pretrained weights, no data sets), and prints little: a few lines, no progress bars.
- It does not call exit() or quit(), does not hide errors in try/except, and invents no data.`;
