import type { PlannerInput } from "../src/core/questions.ts";
import { attemptList } from "./attempt-list.ts";
import { briefing } from "./briefing.ts";
import { outcome, script } from "./solution.ts";
import { metricInWords } from "./task-card.ts";

/** A_planner (paper, section 3.2): asks for one new plan for the block, given the plans tried and their outcomes. */
export const plannerPrompt = (input: PlannerInput): string => `${briefing(input)}
# Your question
One block of the solution below is being improved. Propose the next plan for this block.

You must:
- learn from the plans already tried: build on what helped, leave what did not, and avoid what failed for the reason it failed.
- propose one plan that differs in kind from those tried and is likely to improve ${metricInWords(input.task)}.
- say in three to five sentences what to change in the block, concretely enough to be coded without another question.
You must not:
- repeat a plan in other words, or only change a number that was changed before.
- propose wide searches for hyper-parameters, or anything that breaks the time limit or needs a package that is not installed.
- touch other blocks, the held-out rows, the metric, or what is printed and written to ./final.

# Solution
${outcome(input.base, input.task)}
${script(input.base.script)}

# Block to improve
${script(input.block, 4000)}

# Plans already tried, each from the block as it stands above
${attemptList(input.attempts, input.task)}

# Answer
The plan in three to five sentences of plain text, without code and without headings.
`;
