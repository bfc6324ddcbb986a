import { type CoderInput, isBlended } from "../src/core/questions.ts";
import { briefing } from "./briefing.ts";
import { excerpt } from "./excerpt.ts";
import { outcome, script } from "./solution.ts";

const BLOCK = `Rewrite one block of the solution below along the plan. Your answer replaces the block in the script, character for character; the
rest of the script stays as it is.

You must:
- follow the plan, and change nothing that it does not ask for; keep the limits of the environment honoured where the block does so.
- use the variables as they are before the block, and define every name that the rest of the script uses after it.
- start at the block's own indentation; import in the block what it needs and the script does not import.
You must not:
- answer with the whole script, with other blocks, or with parts left out ("...").
- let held-out rows or test rows reach training, or change the folds, how the score is computed and printed, or what is written to ./final.
- use invented data, try/except around the new part, or packages that are not installed.`;

const whole = (
  input: CoderInput,
) => `Write one whole script along the plan. The solution below shows how data were read, prepared and written so far: take over what serves the
plan, and leave out what it does not need.

You must:
- follow the plan, to the last detail that it names; decide the rest as a good engineer would.
- keep to the script contract in full: the folds, the files in ./final, the score line, the limits of the environment.
- print after each stage how many seconds it took, and the score of each model as soon as it is known.
- watch the time as the script goes: where a stage could run long, give it a share of the time limit and stop in time with what is there.
You must not:
- ${isBlended(input) ? "train again what is a member already, unless the plan says so; " : ""}leave parts out ("..."), use invented data, or packages that are not installed.
- let held-out rows or test rows reach training.`;

/** A_coder (paper, section 3.2): asks for the block, or the whole script, rewritten along the plan. */
export const coderPrompt = (input: CoderInput): string => `${briefing(input)}
# Your question
${input.scope === "script" ? whole(input) : BLOCK}

# Solution
${outcome(input.base, input.task)}
${script(input.base.script)}

${input.scope === "script" ? "" : `# Block to rewrite\n${script(input.block, 6000)}\n\n`}# Plan
${excerpt(input.plan.trim(), 1500)}

# Answer
One Python code block with the ${input.scope === "script" ? "whole script" : "rewritten block"}, and nothing else.
`;
