import type { CoderInput } from "../src/core/questions.ts";
import { scriptBriefing } from "./briefing.ts";
import { excerpt } from "./excerpt.ts";
import { outcome, script } from "./solution.ts";

/** A_coder (paper, section 3.2): asks for the block rewritten along the plan. */
export const coderPrompt = (input: CoderInput): string => `${scriptBriefing(input)}
# Your question
Rewrite one block of the solution below along the plan. Your answer replaces the block in the script, character for character; the
rest of the script stays as it is.

You must:
- follow the plan, and change nothing that it does not ask for.
- use the variables as the script defines them before the block, and define after it every name that the rest of the script uses.
- start at the block's own indentation; import in the block what it needs and the script does not import.
- keep the row cap, the seed, the number of CPUs and the time limit honoured where the block does so.
You must not:
- answer with the whole script, with other blocks, or with parts left out ("...").
- let held-out rows or test rows reach training, or change the folds, how the score is computed and printed, or what is written to ./final.
- use invented data, try/except around the new part, or packages that are not installed.

# Solution
${outcome(input.base, input.task)}
${script(input.base.script)}

# Block to rewrite
${script(input.block, 6000)}

# Plan
${excerpt(input.plan.trim(), 800)}

# Answer
One Python code block with the rewritten block, and nothing else.
`;
