import { isMeasured } from "../src/core/ground.ts";
import type { LeakageCheckerInput } from "../src/core/questions.ts";
import { shortBriefing } from "./briefing.ts";
import { script } from "./solution.ts";

/** What is certain without looking: the checker need not suspect it. */
const MEASURED = `
The program guarantees this much: it has drawn the folds in ./input/folds.csv, so how rows are divided is no fault of the script; it scores
./final/validation.csv itself, so a false printed score gains nothing; the truth of the test rows is nowhere in ./input. What it cannot see is
whether the models that predict a fold, or anything fitted for them, saw that fold's targets, or whether predictions were copied from them.
`;

const OWN_SPLIT = `
- the score is printed after the model was fitted again on all rows;
- rows that belong together (one person, one day) are divided by a random split though the test set has only new ones;`;

/** A_leakage: asks whether validation or test rows reach training, and for the block and its correction. */
export const leakageCheckerPrompt = (input: LeakageCheckerInput): string => `${shortBriefing(input)}
# Your question
Is the validation score of the script below honest? Follow its data from loading to the predictions of the held-out rows: does anything of these
rows' targets, or of the test rows, reach what is trained or fitted?
${isMeasured(input.ground) ? MEASURED : ""}
It leaks when, for instance:
- an imputer, scaler, encoder, selector, decomposition or statistic is fitted on the test rows, or with the targets of held-out rows;
- a category's target mean, a count or a lag uses the target of the held-out rows;
- the model that predicts held-out rows saw them, to train, to stop early or to choose its settings;${isMeasured(input.ground) ? "" : OWN_SPLIT}
- a column of features is the target in disguise.
It does not leak when all is fitted on training rows, or out of fold; when the model is fitted again on all rows for the submission only; when a fixed
rule (a logarithm, a weekday, one-hot columns of known categories) is applied to all rows; when predictions of earlier scripts are stacked, and
what predicts a fold is fitted on the lines of the other folds.

You must:
- copy the leaking block exactly, character by character: the shortest run of whole lines that holds the fault.
- write the correction to stand in its place: same indentation, same names afterwards, nothing else changed.
You must not:
- report a weakness, a matter of style or a guess: when in doubt, it does not leak.
- change the model, its settings or the amount of training data.

# Script
${script(input.candidate.script)}

# Answer
One JSON object: leaks (true or false), explanation (one or two sentences), block (the exact lines, or "" when nothing leaks),
correction (the lines that replace them, or "" when nothing leaks).
`;
