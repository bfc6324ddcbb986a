import type { MergerInput } from "../src/core/questions.ts";
import { briefing } from "./briefing.ts";
import { notebook } from "./notebook.ts";
import { solution } from "./solution.ts";

/** A_merger: asks for the base script with the reference's model trained beside its own and averaged in. */
export const mergerPrompt = (input: MergerInput): string => `${briefing(input)}
# Your question
Join the reference solution into the base solution, so that the two models together beat the base.

You must:
- keep the base script as the code base, with its loading, its held-out rows and its blocks.
- train the reference's model on the same training rows too, with the features it needs, and average the predictions of the two models
  (probabilities for a probability metric; simple or fixed weights).
- keep like steps together: all features in one place, all models in one place, one validation, one submission.
- score and submit the averaged prediction, and keep to the script contract in full.
You must not:
- start afresh, drop the base's model, or add a third kind of model.
- fit the weights of the average on the held-out rows, or search for hyper-parameters.
- exceed the time limit: two models are trained now.

# Base solution
${solution(input.base, input.task)}

# Reference solution
${solution(input.reference, input.task)}
${notebook(input)}
# Answer
One Python code block with the whole joined script, and nothing else.
`;
