import type { SubmitterInput } from "../src/core/questions.ts";
import { briefing } from "./briefing.ts";
import { listed } from "./excerpt.ts";
import { untrusted } from "./fence.ts";
import { solution } from "./solution.ts";

/** A_test: asks for the final script: all rows, test predictions, the submission file. */
export const submitterPrompt = (input: SubmitterInput): string => `${briefing(input)}
# Your question
The solution below is the best of the whole search. Make it the final one: train on all rows, predict the whole test set, write the submission.

You must:
- change as little as possible: the same features, models, settings and combination.
- still predict the held-out rows first, by models that never saw them, and print the score; the test predictions may come from models fitted on all rows.
- predict every row of the test set and write ./final/submission.csv with ${input.task.submission.rows} rows, in the order of the sample submission, and exactly these columns:
${untrusted("columns", listed(input.task.submission.columns, 30))}
- remove every sampling of training rows but the one by MLE_STAR_MAX_TRAIN_ROWS, which is absent in this run.
- keep to the script contract in full; training on all rows takes longer, and the time limit stands.
You must not:
- change the method, drop rows of the test set, or write a constant or a missing prediction.
- copy predictions or labels from any file.

# Solution
${solution(input.candidate, input.task)}

# Answer
One Python code block with the whole final script, and nothing else.
`;
