import { type EnsemblePlannerInput, isBlended } from "../src/core/questions.ts";
import { attemptList } from "./attempt-list.ts";
import { briefing } from "./briefing.ts";
import { notebook } from "./notebook.ts";
import { outlook } from "./outlook.ts";
import { solutionList } from "./solution.ts";
import { metricInWords } from "./task-card.ts";

const JOINED = `- say how its weights are fitted without the rows that are scored (out of fold, or on a part of the training rows).
- keep it easy to write and quick: all solutions train again in one script within the time limit.`;

const BLENDED = `- plan a script that reads the saved predictions in ./input/members/ and trains nothing that is there again. The program already takes
  the best weighted average and the best linear stack of all members: propose what these cannot do, such as a second model that sees
  members beside features, weights by the kind of row, or a correction of what all members get wrong.
- say how it is fitted: for each fold of ./input/folds.csv on the members' predictions for the other folds.`;

/** A_ens_planner (paper, section 3.3): asks for one new way to combine the solutions, given those tried. */
export const ensemblePlannerPrompt = (input: EnsemblePlannerInput): string => `${briefing(input)}
# Your question
Below are ${input.solutions.length} finished solutions of the task. Propose one way to combine their predictions so that the combination
beats the best of them; the score is ${metricInWords(input.task)}.

You must:
- plan how to combine, not how to improve the single solutions: averages with fixed or fitted weights, ranks, powers or other means,
  a second model on out-of-fold predictions, a choice by the kind of row.
- learn from the ways already tried, and propose one that differs in kind.
${isBlended(input) ? BLENDED : JOINED}
You must not:
- repeat a way that was tried, change the solutions' models or features, or propose wide searches.

# Solutions
${solutionList(input)}

# Ways already tried
${input.notebook === null ? attemptList(input.attempts, input.task) : "Those with plans to combine in the notebook."}
${notebook(input)}${outlook(input)}
# Answer
The plan in three to five sentences of plain text, without code and without headings.
`;
