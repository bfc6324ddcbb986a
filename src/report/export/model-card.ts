import type { Column, Table } from "../../core/task.ts";
import { formatCount, formatScore, sentence } from "../format.ts";
import { html } from "../html/html.ts";
import { validationInWords } from "../in-words.ts";
import { markdownOf } from "../markdown/from-html.ts";
import { apartInWords } from "../score-in-words.ts";
import type { Exported } from "./exported.ts";
import { PREDICT } from "./readme.ts";

/** What somebody has to know who uses the solution: what it predicts and how well, from which data, and where its limits are. */
export function modelCard(exported: Exported): string {
  const { record, title, worth, prediction, isBlend, workbench } = exported;
  const page = html`<h1>Model card: ${record.task.name}</h1>
<p>${sentence(title)} Found by mle-star ${record.version}, run ${record.runId} of ${record.createdAt.slice(0, 10)}, model ${record.model}.</p>
<h2>What it predicts</h2>
<ul>${predictsOf(exported).map((line) => html`<li>${line}</li>`)}</ul>
<h2>How well</h2>
<p>${worth}.</p>
<h2>Data</h2>
<ul>${dataOf(exported).map((line) => html`<li>${line}</li>`)}</ul>
${columnsOf(exported)}
<h2>Limits</h2>
<ul>${limitsOf(exported).map((line) => html`<li>${line}</li>`)}</ul>
<h2>Predicting new rows</h2>
${
  "refused" in prediction
    ? html`<p>Not by predict.py: ${sentence(prediction.refused)} Put data of the same form into input/ and run solution.py.</p>`
    : html`<pre data-language="sh">${PREDICT}</pre>
<p>NEW.csv has the columns that are needed (above), in any order, with any separator; ids and the target may be missing. Made with Python ${workbench.pythonVersion}${isBlend && ", by several scripts whose predictions are joined"}.</p>`
}`;
  return `${markdownOf(page)}\n`;
}

function predictsOf({ facts, prediction }: Exported): string[] {
  const ground = facts?.ledger.ground ?? null;
  if (ground === null) return ["See the README."];
  const { columns, predicts, classes, positive, noun } = ground;
  return [
    `${columns.join(", ")}: ${predicts}, for each ${noun}`,
    ...(classes.length === 0 ? [] : [`Classes: ${listed(classes)}`]),
    ...(positive === null ? [] : [`The probability is that of ${positive}.`]),
    ...("refused" in prediction || prediction.ids.length === 0
      ? []
      : [`A row is known by ${prediction.ids.join(", ")}.`]),
  ];
}

const MOST_CLASSES = 20;
const listed = (names: readonly string[]) =>
  names.length <= MOST_CLASSES
    ? names.join(", ")
    : `${names.slice(0, MOST_CLASSES).join(", ")} and ${names.length - MOST_CLASSES} more`;

function dataOf({ facts, tables, record, sawAllRows }: Exported): string[] {
  const ground = facts?.ledger.ground ?? null;
  const { units, noun, split } = ground ?? {};
  const train = "refused" in tables ? null : tables.train;
  const cap = record.settings.maxTrainRows;
  return [
    `Task ${record.task.name}, fingerprint ${record.task.fingerprint}`,
    ...(units === undefined
      ? []
      : [
          `${formatCount(units.train)} ${noun}s to learn from, ${formatCount(units.test)} asked for; ${formatCount(units.holdout)} were held out in the search`,
        ]),
    ...(split === undefined ? [] : [`Split: ${split.kind}. ${split.evidence}`]),
    ...(sawAllRows || train === null || train.rows <= cap
      ? []
      : [`It learns from ${formatCount(cap)} rows drawn at random.`]),
  ];
}

function limitsOf({ facts }: Exported): string[] {
  const ground = facts?.ledger.ground ?? null;
  const result = facts?.ledger.result ?? null;
  const isClaim = ground === null || ground.mode === "claims";
  return [
    ...(isClaim
      ? [
          `The score was printed by the script itself and not measured${ground === null ? "" : `: ${ground.reason}`}`,
        ]
      : [`In validation: ${facts === null ? "" : validationInWords(facts)}.`]),
    ...(ground?.apart
      ? [`Rows of the test set and of the training data: ${apartInWords(ground.apart)}.`]
      : []),
    ...(result?.cut ? [`The search was cut short: ${result.cut.reason}`] : []),
    "The score holds for rows that come about as those of the training data did; for others nothing was measured.",
    "Values of a category that the training data do not have are taken as unknown; predict.py names them.",
    "It was not examined for fairness between groups of people, nor for effects of its use.",
  ];
}

/** What new rows are made of; nothing where that is not known. */
function columnsOf({ tables, prediction }: Exported) {
  if ("refused" in tables || "refused" in prediction || tables.test === null) return html``;
  const { ids, required } = prediction;
  const { test, train } = tables;
  const role = (name: string) =>
    required.includes(name) ? "needed" : ids.includes(name) ? "id, may be missing" : "not read";
  const rows = test.columns.map(
    (column) =>
      html`<tr><td>${column.name}</td><td>${kindOf(column)}</td><td>${seenIn(column, train)}</td><td>${role(column.name)}</td></tr>`,
  );
  return html`<h2>Columns</h2>
<table><thead><tr><th>Column</th><th>Type</th><th>In the training data</th><th>In new rows</th></tr></thead><tbody>${rows}</tbody></table>`;
}

const kindOf = ({ kind, integer }: Column) =>
  kind === "number" ? (integer ? "whole number" : "number") : kind;

function seenIn({ name }: Column, train: Table | null): string {
  const column = train?.columns.find((one) => one.name === name);
  if (train === null || column === undefined) return "";
  const { kind, min, max, distinct, missing, examples } = column;
  const range =
    kind === "number" && min !== null && max !== null
      ? `${formatScore(min)} to ${formatScore(max)}`
      : `${formatCount(distinct)} values${examples.length === 0 || kind === "text" ? "" : `, such as ${examples.slice(0, 3).join(", ")}`}`;
  const gaps = missing === 0 ? "" : `; ${((100 * missing) / train.rows).toFixed(1)} % missing`;
  return range + gaps;
}
