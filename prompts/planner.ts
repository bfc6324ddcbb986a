import type { PlannerInput } from "../src/core/questions.ts";
import { attemptList } from "./attempt-list.ts";
import { briefing } from "./briefing.ts";
import { fence } from "./fence.ts";
import { notebook } from "./notebook.ts";
import { outlook } from "./outlook.ts";
import { outcome, script } from "./solution.ts";
import { metricInWords } from "./task-card.ts";
import { CONCRETELY, NO_PLANS, plansFreely, ways } from "./ways.ts";

const forTheBlock = ({
  task,
}: PlannerInput) => `One block of the solution below is being improved. Propose the next plan for this block.

You must:
- learn from the plans already tried: build on what helped, leave what did not, and avoid what failed for the reason it failed.
- propose one plan that differs in kind from those tried and is likely to improve ${metricInWords(task)}.
- say in three to five sentences what to change in the block, concretely enough to be coded without another question.
You must not:
- repeat a plan in other words, or only change a number that was changed before.
- propose wide searches for hyper-parameters, or anything that breaks the time limit or needs a package that is not installed.
- touch other blocks, the held-out rows, the metric, or what is printed and written to ./final.`;

const freely = (input: PlannerInput) => `Propose what is to be tried next.

${ways(input)}

You must:
- learn from the plans already tried, and why they failed; propose one that differs in kind and is likely to improve ${metricInWords(input.task)}.
${CONCRETELY}
${
  input.isLead
    ? `- say from which script it starts: from "best", the best attempt so far, shown below, or from "original", with which this step began
  (when the attempts so far have led astray).`
    : `- leave from at "best".`
}
You must not:
${NO_PLANS}`;

/** A_planner (paper, section 3.2): asks for one new plan, for the block or outside the paper for the whole script, given those tried. */
export const plannerPrompt = (input: PlannerInput): string => `${briefing(input)}
# Your question
${plansFreely(input) ? freely(input) : forTheBlock(input)}

# Solution
${outcome(input.base, input.task)}
${script(input.base.script)}

${block(input)}
# Plans already tried${plansFreely(input) ? " in this step" : ", each from the block as it stands above"}
${plansFreely(input) && input.notebook !== null ? `Those at ${at(input)} in the notebook.` : attemptList(input.attempts, input.task)}
${notebook(input)}${outlook(input)}
# Answer
One JSON object: plan (${plansFreely(input) ? 'plain text), scope ("block" for the block above, or "script"), from ("best" or "original")' : "three to five sentences of plain text)"}.
`;

/** The step whose attempts these are. */
const at = (input: PlannerInput) => input.at.split("/").slice(0, -1).join("/");

const block = (input: PlannerInput): string => {
  if (input.block.trim() === input.base.script.trim()) return "";
  return `# Block to improve
${plansFreely(input) ? endsOf(input) : script(input.block, 4000)}
`;
};

/** Where the block stands in the script above, without its text again. */
function endsOf({ block, base }: PlannerInput): string {
  const lines = block.trim().split("\n");
  if (lines.length <= SHORT || !base.script.includes(block.trim())) return script(block, 4000);
  return `The ${lines.length} lines of the solution above that begin and end with:
${fence([...lines.slice(0, 2), "...", ...lines.slice(-2)].join("\n"), "python")}`;
}

/** A block of so many lines is not worth finding again. */
const SHORT = 8;
