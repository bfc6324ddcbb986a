import type { DataUsageCheckerInput } from "../src/core/questions.ts";
import { briefing } from "./briefing.ts";
import { solution } from "./solution.ts";

/** A_data: asks whether every provided source of information is used, and for the script that does. */
export const dataUsageCheckerPrompt = (input: DataUsageCheckerInput): string =>
  `${briefing(input)}
# Your question
Does the solution below use every source of information that the task provides and that can help: every table and every column, further
files, relations between tables, and what the description says about them? If not, improve the script so that it does.

You must:
- compare the files and columns of the task with what the script reads and with what it drops.
- add only what is likely to help the metric, following the description; keep the model and all else as it is.
- return the whole script when you changed it, keeping to the script contract in full.
You must not:
- use a column that the test set lacks as a feature, or an id that says nothing.
- wrap the new parts in try/except, or hide in any other way that a source cannot be read.
- rewrite a script that already uses everything: then say so and leave the script empty.

# Solution
${solution(input.candidate, input.task)}

# Answer
One JSON object: usesAll (true or false), explanation (what was unused and how it is used now, in one or two sentences), script (the
whole improved Python script as a string, or "" when everything is used).
`;
