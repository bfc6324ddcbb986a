import { formatScore, sentence } from "../../terminal/format.ts";
import { leakageInWords, validationInWords } from "../../terminal/validation-in-words.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { codeBlock, markdown } from "../markdown/markdown.ts";

/** What a team has to know of the exported folder, in a page. */
export function exportReadme(facts: RunFacts, inputFiles: readonly string[]): string {
  const { record, metric, direction, best, bestRun, workbench } = facts;
  const toward = direction === "minimize" ? "lower" : "higher";
  const hashSeed = record.settings.seed % 2 ** 32;
  const commands = `python3 -m venv venv
venv/bin/pip install -r requirements.txt
PYTHONHASHSEED=${hashSeed} venv/bin/python solution.py`;
  return `${
    markdown`# ${record.task.name}

A solution found by mle-star ${record.version}: ${sentence(best?.title ?? "")} Its score on held-out rows of the training data: ${metric} ${formatScore(best?.score ?? null)} (${toward} is better); ${validationInWords(facts)}; ${leakageInWords(facts)}.

## Run it

Put the task's files into \`input/\` beside the script: ${inputFiles.join(", ")}. Then, with Python ${workbench?.pythonVersion}:

${codeBlock(commands, "sh")}

It prints its score and writes \`final/submission.csv\`. ${bestRun?.purpose === "submission" && "It trains on all rows, where the search that found it may have used fewer: the score it prints is then another than the one above. "}With the same data, packages and processor that file is \`submission.csv\` of this folder, byte for byte.

## What is here

- \`solution.py\`: the whole solution, which needs nothing of mle-star. It sets at its top the seed, the thread counts and the cap on training rows it was run with; \`MLE_STAR_MAX_TRAIN_ROWS=0\` lifts the cap.
- \`solution.ipynb\`: the same code as a notebook, section by section. Run from top to bottom it writes the same file; \`venv/bin/pip install nbclient ipykernel\` and then \`venv/bin/jupyter execute solution.ipynb\` do that without a browser.
- \`requirements.txt\`: the packages it uses; \`constraints.txt\` pins these and all they bring along.
- \`submission.csv\`: its predictions.

## Where it comes from

Run ${record.runId} of ${record.createdAt.slice(0, 10)}, model ${record.model}, seed ${record.settings.seed}, task fingerprint ${record.task.fingerprint}. How it was found: \`mle-star report ${record.runId}\`.`
      .text
  }\n`;
}
