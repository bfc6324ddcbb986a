import { sentence } from "../format.ts";
import { html } from "../html/html.ts";
import { markdownOf } from "../markdown/from-html.ts";
import type { Exported } from "./exported.ts";

/** The command that predicts new rows. */
export const PREDICT = "venv/bin/python predict.py NEW.csv -o OUT.csv";

const madeOf = (given: readonly string[]): string => {
  const made = given.filter((name) => name === "test.csv" || name === "sample_submission.csv");
  return made.length === 0 ? "" : `, what was made since the task brings none (${made.join(", ")})`;
};

/** What a team has to know of the exported folder, in a page. */
export function exportReadme(exported: Exported): string {
  const { record, title, worth, sawAllRows, workbench, inputFiles, isBlend } = exported;
  const { givenFiles, otherFiles, input, prediction } = exported;
  const given = givenFiles.length === 0 ? "" : `, beside ${givenFiles.join(", ")}, which are there`;
  const page = html`<h1>${record.task.name}</h1>
<p>A solution found by mle-star ${record.version}: ${sentence(title)} Its score: ${worth}.</p>
<h2>Run it</h2>
<p>${input === null ? html`Put the task's files into input/${given || " beside the script"}: ${inputFiles.join(", ")}. Then, with` : "Its data are in input/. With"} Python ${workbench.pythonVersion}:</p>
<pre data-language="sh">python3 -m venv venv
venv/bin/pip install -r requirements.txt
PYTHONHASHSEED=${record.settings.seed % 2 ** 32} venv/bin/python solution.py</pre>
<p>It ${isBlend ? "runs the scripts of its members, each in a folder below work/, joins what they predict by fixed weights," : "prints its score"} and writes final/submission.csv. ${sawAllRows && !isBlend && "It trains on all rows, where the search that found it may have used fewer: the score it prints is then another than the one above. "}With the same data, packages and processor that file is submission.csv of this folder${isBlend ? "" : ", byte for byte"}.</p>
<h2>Predict new rows</h2>
${
  "refused" in prediction
    ? html`<p>Not by a command: ${sentence(prediction.refused)} Put data of the same form into input/ and run solution.py.</p>
`
    : html`<pre data-language="sh">${PREDICT}</pre>
<p>NEW.csv has the columns of ${prediction.test.path} (MODEL_CARD.md says which are needed), in any order, with any separator, with or without ids; JSON and Parquet are read too. The solution is run with it as its test set. What its scripts keep of what they fitted goes into fitted/, and is read from there the next time: those are pickles, which run code when they are read, so keep them as you keep the scripts.</p>
`
}<h2>What is here</h2>
<ul>
<li>solution.py: the whole solution, which needs nothing of mle-star. It sets at its top the seed, the thread counts and the cap on training rows it was run with; MLE_STAR_MAX_TRAIN_ROWS=0 lifts the cap.</li>
${
  otherFiles.length > 0 &&
  html`<li>${otherFiles.join(", ")}: what solution.py runs and joins, and by which weights.</li>
`
}${
  givenFiles.length > 0 &&
  html`<li>input/: the folds that its score was measured on (folds.csv), the form of their predictions (validation_sample.csv)${givenFiles.includes("classes.csv") && ", the classes in the order of score arrays (classes.csv)"}${madeOf(givenFiles)}; the task's own files come beside them.</li>
`
}${html`<li>solution.ipynb: ${isBlend ? "a notebook that runs solution.py and shows what it predicts" : "the same code as a notebook, section by section"}. Run from top to bottom it writes the same file; "venv/bin/pip install nbclient ipykernel" and then "venv/bin/jupyter execute solution.ipynb" do that without a browser.</li>
`}<li>requirements.txt: the packages, in the versions that it ran with.</li>
<li>MODEL_CARD.md: what it predicts and how well, from which columns, and its limits.</li>
${
  !("refused" in prediction) &&
  html`<li>predict.py, predict.json: predict new rows; what they are held against.</li>
`
}
<li>submission.csv: its predictions.</li>
</ul>
<h2>Where it comes from</h2>
<p>Run ${record.runId} of ${record.createdAt.slice(0, 10)}, model ${record.model}, seed ${record.settings.seed}, task fingerprint ${record.task.fingerprint}. How it was found: "mle-star report ${record.runId}".</p>`;
  return `${markdownOf(page)}\n`;
}
