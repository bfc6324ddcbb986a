import type { InitializerInput } from "../src/core/questions.ts";
import { briefing } from "./briefing.ts";
import { excerpt, oneLine } from "./excerpt.ts";
import { untrusted } from "./fence.ts";
import { script } from "./solution.ts";

const blocks = (names: string) =>
  `- write the script in blocks with a comment line above each (${names}), so that single
  blocks can be improved later.
- keep to the script contract in full.`;

/** As in the paper: no more than the model asks for. */
const SIMPLE = `Write a first solution of this task with the model below.

You must:
- use exactly this model, in the spirit of its example code; adapt the code to these data.
- keep it simple: load, hold out, prepare every column sensibly (missing values, categories, dates, text), train, score, predict, submit.
${blocks("loading, target, features, model, validation, submission")}
You must not:
- use another model, combine several models, or search for hyper-parameters.`;

const BEST = `Write a first solution of this task with the approach below: the best that you can make of it at once, not a plain one to be improved.

You must:
- keep to the idea of the approach, and adapt its code to these data and to what is known of them: the features, the treatment of the target, the
  settings and the number of rounds that an expert would choose from the start. A second model or another view of the data may stand beside it
  where that clearly helps.
- take no more than about a twentieth of the run's time: many scripts are still to come, each adding to what this one leaves.
${blocks("loading, target, features, models, validation, submission")}
You must not:
- search through many settings: choose what is known to work. Where training is to stop early, let rows that are not scored tell when.`;

/** A_init: asks for one first script that uses one given model: a simple one in the paper's way, elsewhere a good one. */
export const initializerPrompt = (input: InitializerInput): string => `${briefing(input)}
# Your question
${input.settings.method === "paper" ? SIMPLE : BEST}
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
