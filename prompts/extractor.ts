import { type ExtractorInput, NOT_ABLATED } from "../src/core/questions.ts";
import { briefing } from "./briefing.ts";
import { excerpt, oneLine } from "./excerpt.ts";
import { fence } from "./fence.ts";
import { notebook } from "./notebook.ts";
import { outlook } from "./outlook.ts";
import { outcome, SCRIPT_TOKENS, script } from "./solution.ts";
import { CONCRETELY, NO_PLANS, plansFreely, ways } from "./ways.ts";

/** The script with the number of each line before it, as an editor shows it. */
export function numbered(text: string): string {
  const lines = text.split("\n");
  const width = String(lines.length).length;
  return lines.map((line, index) => `${String(index + 1).padStart(width)} | ${line}`).join("\n");
}

const earlier = (blocks: readonly string[]): string =>
  blocks.length === 0
    ? "None yet."
    : blocks
        .slice(-4)
        .map((block) => script(block, 700))
        .join("\n");

const studied = (input: ExtractorInput): string =>
  plansFreely(input) && input.summary === NOT_ABLATED && input.earlierBlocks.length === 0
    ? ""
    : `
# What the ablation study showed
${excerpt(input.summary, 1200)}

# Blocks worked on in earlier steps
${earlier(input.earlierBlocks)}
`;

const COPIED = `copy the block exactly, character by character, with its indentation and comments but without line numbers and bars, and
  give the numbers of its first and last line`;

const OF_A_BLOCK = `Choose the one block of the solution below whose improvement promises most, in the light of the ablation study, and plan how to improve it.

You must:
- choose a block that has much effect on the score and has not been worked on yet, if there is one.
- choose one connected run of whole lines that do one thing, usually 5 to 60 lines: neither a single line nor the whole script.
- ${COPIED}.
- plan the improvement in three to five sentences: what to change in this block, and why it should help this metric on these data.
You must not:
- paraphrase, shorten or mend the block, or leave lines out of it.
- plan what makes the script much slower: no wide search for hyper-parameters, nothing that breaks the time limit.
- plan a change of the held-out rows, of the metric or of what is printed and written to ./final.`;

const freely = (
  input: ExtractorInput,
) => `Decide what is to be tried next, from what was learnt so far, and plan it.

${ways(input)}

You must:
- weigh what has gained most per second so far, what has not been looked at yet, and what the output and the errors of the best script tell.
${CONCRETELY}
- with scope "block", choose one connected run of whole lines, and ${COPIED}.
You must not:
${NO_PLANS}`;

/** A_extractor: asks for what matters most, a block or outside the paper the whole script, and a first plan for it. */
export const extractorPrompt = (input: ExtractorInput): string => `${briefing(input)}
# Your question
${plansFreely(input) ? freely(input) : OF_A_BLOCK}
${studied(input)}
# Solution, with line numbers
${outcome(input.base, input.task)}
${fence(excerpt(numbered(input.base.script), SCRIPT_TOKENS), "text")}
${input.complaint === null ? "" : `\n# Your last answer could not be used\n${oneLine(input.complaint, 600)}\n`}${notebook(input)}${outlook(input)}
# Answer
${
  plansFreely(input)
    ? 'One JSON object: scope ("block" or "script"), plan (plain text); with scope "block" also block (the exact text), firstLine and lastLine (line numbers).'
    : "One JSON object: block (the exact text), firstLine, lastLine (line numbers), plan (three to five sentences)."
}
`;
