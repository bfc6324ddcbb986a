import type { DebuggerInput } from "../src/core/questions.ts";
import { briefing } from "./briefing.ts";
import { excerpt, oneLine } from "./excerpt.ts";
import { fence, untrusted } from "./fence.ts";
import { DIVIDE, REPLACE, SEARCH } from "./script-edits.ts";
import { script } from "./solution.ts";

const WHOLE = "One Python code block with the whole corrected script, and nothing else.";
const EDITS = `Where a few lines change, only edits: whole lines of the script, which stand there exactly once, and what takes their place, each as
${SEARCH}
lines of the script
${DIVIDE}
lines in their place
${REPLACE}
else one Python code block with the whole corrected script. Nothing else.`;
const MOST_FIXES = 4;
const MOST_CHANGED_LINES = 12;

/** What a correction put into the script. */
function changed(before: string, after: string): string {
  const known = new Set(before.split("\n").map((line) => line.trim()));
  const added = after.split("\n").filter((line) => line.trim() !== "" && !known.has(line.trim()));
  return added.length === 0
    ? "(lines were only removed)"
    : added
        .slice(0, MOST_CHANGED_LINES)
        .map((line) => oneLine(line, 160))
        .join("\n");
}

const tried = ({ candidate, fixes }: DebuggerInput): string =>
  fixes.length === 0
    ? "None yet: this is the first."
    : fixes
        .map(({ problem, script: before }, index) => {
          const after = fixes[index + 1]?.script ?? candidate.script;
          return `${index + 1}. Against this error:\n${fence(excerpt(problem, 300))}
the script was given these lines, which did not solve it or led to another error:
${fence(changed(before, after), "python")}`;
        })
        .slice(-MOST_FIXES)
        .join("\n");

/** A_debugger: asks for the script corrected, given its error and what was tried before. */
export const debuggerPrompt = (input: DebuggerInput): string => `${briefing(input)}
# Your question
The script below failed. Correct it.

You must:
- find the cause in the error, and make the smallest change that removes it; look over the rest of the script for the same mistake.
- when a name, an argument or a package is not there, use what the installed versions offer instead.
- try something else than the corrections that did not help.
- keep the method: the same model, features and held-out rows, the row cap, the score line and the files in ./final.
- when such a file is what is wrong, compare its columns, lines and values with the sample that the contract names, and mend that alone.
- after a time-out, make the same method faster (fewer rounds, fewer features, a smaller sample of the training rows) until it fits with room to spare; after
  running out of memory, make it smaller.
- keep to the script contract in full.
You must not:
- replace the model by another or by a simpler one, or drop the part that fails if it can be mended.
- hide the error (try/except, a default score, an empty submission), call exit(), install packages, or invent data.

# Corrections tried before
${tried(input)}

# Failing script
${script(input.candidate.script)}

# How it failed
${untrusted("error", excerpt(input.problem, 1500))}
What it printed before:
${untrusted("output", excerpt(input.candidate.run?.stdout ?? "", 500))}

# Answer
${input.settings.method === "paper" ? WHOLE : EDITS}
`;
