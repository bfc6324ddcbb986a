import type { InitializerInput } from "../src/core/questions.ts";
import { scriptBriefing } from "./briefing.ts";
import { excerpt, oneLine } from "./excerpt.ts";
import { untrusted } from "./fence.ts";
import { script } from "./solution.ts";

/** A_init: asks for one first, simple script that uses one given model. */
export const initializerPrompt = (input: InitializerInput): string => `${scriptBriefing(input)}
# Your question
Write a first solution of this task with the model below.

You must:
- use exactly this model, in the spirit of its example code; adapt the code to these data.
- keep it simple: load, hold out, prepare every column sensibly (missing values, categories, dates, text), train, score, predict, submit.
- write the script in blocks with a comment line above each (loading, target, features, model, validation, submission), so that single
  blocks can be improved later.
- keep to the script contract in full.
You must not:
- use another model, combine several models, or search for hyper-parameters.
- use the test set for anything but the final prediction.
- trust the example code blindly: it may name columns or packages that are not there.

# The model
${untrusted(
  "model description",
  `${oneLine(input.description.name, 200)}
${excerpt(input.description.description, 800)}`,
)}

Its example code:
${untrusted("example code", script(input.description.exampleCode, 2500))}

# Answer
One Python code block with the whole script, and nothing else.
`;
