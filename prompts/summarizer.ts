import type { SummarizerInput } from "../src/core/questions.ts";
import { shortBriefing } from "./briefing.ts";
import { excerpt } from "./excerpt.ts";
import { untrusted } from "./fence.ts";
import { outcome, script } from "./solution.ts";
import { metricInWords } from "./task-card.ts";

/** A_summarize: asks what an ablation study showed. */
export const summarizerPrompt = ({ base, ablation, ...common }: SummarizerInput): string =>
  `${shortBriefing(common)}
# Your question
Below are the script of an ablation study and what it printed. Say what it showed about the solution it studied.

You must:
- name each part that was disabled, what exactly was changed in the code, and by how much the score changed against the baseline;
  all scores are ${metricInWords(common.task)}.
- order the parts by their effect, and say which block of the solution deserves work first and why.
- say so when the differences are too small to mean anything, or when the study failed or measured something else.
You must not:
- repeat training logs or warnings, or state a number that was not printed.
- propose plans: only report what was found.

# Study
The studied solution: ${outcome(base, common.task)}
${script(ablation.script)}

# What it printed (the study ${ablation.ok ? "ran to its end" : "failed"})
${untrusted("output", excerpt(ablation.stdout, 2000))}
${ablation.ok ? "" : `Its errors:\n${untrusted("error", excerpt(ablation.stderr, 1000))}\n`}
# Answer
Plain text, at most 200 words.
`;
