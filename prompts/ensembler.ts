import type { EnsemblerInput } from "../src/core/questions.ts";
import { scriptBriefing } from "./briefing.ts";
import { excerpt } from "./excerpt.ts";
import { solutionList } from "./solution.ts";

/** A_ensembler (paper, section 3.3): asks for the script that combines the solutions along the plan. */
export const ensemblerPrompt = (input: EnsemblerInput): string => `${scriptBriefing(input)}
# Your question
Write one script that combines the solutions below along the plan.

You must:
- take over the solutions' own code with as few changes as possible, each as a function or a section of its own.
- give all solutions the same training rows and the same validation rows, so that their predictions can be joined row by row.
- combine as the plan says, score the combined prediction on the validation rows, and write the combined prediction of the test set.
- print a line \`Ensemble weights: ...\` with how much each solution counts, where that can be told.
- keep to the script contract in full and inside the time limit: all solutions train in this one script.
You must not:
- fit weights or a second model on the rows that are scored, unless out of fold.
- load files that other scripts left behind, leave a solution out, simplify its model, or sample rows other than by the row cap.
- use placeholders or invented data.

# Solutions
${solutionList(input)}

# Plan
${excerpt(input.plan.trim(), 800)}

# Answer
One Python code block with the whole script, and nothing else.
`;
