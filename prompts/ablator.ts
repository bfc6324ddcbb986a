import type { AblatorInput } from "../src/core/questions.ts";
import { briefing } from "./briefing.ts";
import { excerpt } from "./excerpt.ts";
import { solution } from "./solution.ts";

const earlier = (summaries: readonly string[]): string =>
  summaries.length === 0
    ? "None: this is the first study."
    : summaries
        .slice(-6)
        .map((summary, index) => `${index + 1}. ${excerpt(summary.trim(), 400)}`)
        .join("\n");

/** A_abl: asks for a script that measures two or three parts of the solution by disabling them. */
export const ablatorPrompt = (input: AblatorInput): string => `${briefing(input)}
# Your question
Write an ablation study of the solution below: a script that shows which of its parts matters most to the score, by running the
solution with one part at a time disabled or replaced by the plainest alternative.

You must:
- choose two or three parts (a group of features, an encoding, the treatment of the target, a model's setting, a member of an average),
  above all parts that no earlier study looked at.
- keep everything else as it is: the same loading, the same folds (or, for all variants alike, the last of them only), the same model, the same seed.
- print one line for the unchanged solution and one for each variant, in exactly this form, the number being the task's metric:
  Ablation[baseline]: <number>
  Ablation[<name of the part>]: <number>
- name a part by two to five words that point to its block of code.
- stay inside the time limit with all variants together: load once, share what does not change, and let every variant print its
  line as soon as it is known. If time is short, train all variants (the baseline too) on the same smaller sample of rows.
- honour the limits of the environment as the contract says.
You must not:
- read the test set, write a submission, or print the score line of the contract.
- change the model or the split, disable several parts at once, or print a number that was not measured.

# Earlier studies
${earlier(input.summaries)}

# Solution
${solution(input.base, input.task)}

# Answer
One Python code block with the whole ablation script, and nothing else.
`;
