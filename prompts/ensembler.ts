import { type EnsemblerInput, isBlended } from "../src/core/questions.ts";
import { briefing } from "./briefing.ts";
import { excerpt } from "./excerpt.ts";
import { solutionList } from "./solution.ts";

const JOINED = `- take over the solutions' own code with as few changes as possible, each as a function or a section of its own.
- give all solutions the same training rows and the same held-out rows, so that their predictions can be joined row by row.
- combine as the plan says, score the combined prediction on the held-out rows, and write the combined prediction of the test set.
- print a line \`Ensemble weights: ...\` with how much each solution counts, where that can be told.
- keep to the script contract in full and inside the time limit: all solutions train in this one script.
You must not:
- fit weights or a second model on the rows that are scored, unless out of fold.
- load files that other scripts left behind, leave a solution out, simplify its model, or sample rows other than by the row cap.`;

const BLENDED = `- read the members' predictions from ./input/members/ (all folders that are there, by their number), and train none of the solutions again.
- combine as the plan says: what is fitted for a fold is fitted on the members' predictions for the lines of the other folds; the test set is
  predicted by the average of what was fitted for the folds, unless the plan says otherwise.
- print a line \`Ensemble weights: ...\` with how much each member counts, where that can be told.
- keep to the script contract in full; a few seconds are enough.
You must not:
- fit weights or a second model on the lines it predicts.`;

/** A_ensembler (paper, section 3.3): asks for the script that combines the solutions along the plan. */
export const ensemblerPrompt = (input: EnsemblerInput): string => `${briefing(input)}
# Your question
Write one script that combines the solutions below along the plan.

You must:
${isBlended(input) ? BLENDED : JOINED}
- use placeholders or invented data.

# Solutions
${solutionList(input)}

# Plan
${excerpt(input.plan.trim(), 800)}

# Answer
One Python code block with the whole script, and nothing else.
`;
