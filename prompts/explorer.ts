import type { ExplorerInput } from "../src/core/questions.ts";
import { briefing } from "./briefing.ts";
import { excerpt } from "./excerpt.ts";
import { untrusted } from "./fence.ts";
import { script } from "./solution.ts";

const failed = ({ failure }: ExplorerInput): string =>
  failure === null
    ? ""
    : `
# Your first script, which failed
${script(failure.script)}
How it failed:
${untrusted("error", excerpt(failure.problem, 1500))}
What it printed before:
${untrusted("output", excerpt(failure.stdout, 500))}
Write it again without that mistake: the whole script, with what it printed already.
`;

/** Asks for one script that looks at the data: what it prints is shown to everybody who works on the task. */
export const explorerPrompt = (input: ExplorerInput): string => `${briefing(input)}
# Your question
Nobody has worked on this task yet. Write one script that looks at the data as a good engineer does before the first model. It is no solution: the
contract's rules on predictions, score line and files in ./final do not hold for it. What it prints is shown to all who will write,
and improve solutions, beside the profile above: print what changes what one would do, and nothing that the profile says already.

Look at what these data call for, such as:
- the target: its distribution, outliers, imbalance, how it moves with time, groups or its strongest inputs.
- missing values and placeholders for them, and whether they tell of the target; duplicates within train, and between train and test.
- train beside test: columns that drift, values that only test has, dates and ids that interlock or follow each other.
- groups of rows that belong together; lengths, languages, sizes and formats of texts, images, sounds and nested fields.
- what might leak: columns that know the answer, ids or an order of rows that go with the target.
- the ten rows or texts that the baseline below gets most wrong, each in one line cut to 100 characters, with what it said of them.
- a quick linear baseline (of all columns, or of word and character n-grams for texts), with ${
  input.ground !== null && input.ground.mode !== "claims"
    ? "its score on each fold of ./input/folds.csv"
    : "its scores in five folds"
} and the ten inputs that weigh most.

You must:
- stay below ${input.seconds} seconds on the machine above: sample the rows of what is slow.
- print each finding as soon as it is known, so that nothing is lost when a later part fails or time runs out; put the parts that might fail, each
  for itself, into try/except that prints the error's last line, and go on.
- print at most 60 lines of at most 160 characters: names, counts, shares and scores with three digits; no whole tables, no progress bars,
  no warnings.
You must not:
- write files, read anything outside ./input, or use packages that are not there.
- advise: print what is found.
${failed(input)}
# Answer
One Python code block with the whole script, and nothing else.
`;
