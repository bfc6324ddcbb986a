import { drawCalibration, drawConfusion, drawResiduals } from "../chart/draw-errors.ts";
import { calibrationOf, confusionOf, residualsOf } from "../facts/error-shapes.ts";
import { type Predictions, predictionsOf } from "../facts/predictions.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { formatCount, formatPercent, rounded } from "../format.ts";
import { type Html, html, type Section } from "../html/html.ts";
import { table } from "../html/table.ts";

/** Of a submission with more columns only the first are drawn. */
const MOST_COLUMNS = 3;

type Column = Predictions["columns"][number];

/** Where the best is wrong: residuals, mistaken classes, and how far its probabilities can be taken at their word. */
export function errorsSection(facts: RunFacts): Section | null {
  const { ground } = facts.ledger;
  const found = ground === null || ground.predicts === "texts" ? null : predictionsOf(facts);
  if (found === null || ground === null) return null;
  const { columns, lines, isSample } = found;
  const shown = columns.slice(0, MOST_COLUMNS);
  const body = html`<p>Out-of-fold predictions of the best beside the truth: ${formatCount(lines)} lines${isSample && ", a sample of them"}${columns.length > shown.length && ground.predicts !== "probabilities" && `; the first ${shown.length} of ${columns.length} columns`}.</p>
${
  ground.predicts === "numbers"
    ? shown.map(residuals)
    : ground.predicts === "labels"
      ? shown.map((column) => confusion(column, column.name))
      : probabilities(columns, ground.classes)
}`;
  return { id: "errors", name: "Errors", title: "Where it is wrong", body };
}

function residuals({ name, truth, predicted }: Column): Html | null {
  const shape = residualsOf(truth.map(Number), predicted.map(Number));
  if (shape === null) return null;
  const number = (value: number) => rounded(value, 3);
  const rows = shape.bySize.map(({ from, to, count, bias, typical }) => [
    `${number(from)} to ${number(to)}`,
    ...[formatCount(count), number(typical), number(bias)],
  ]);
  return html`<h3>Errors of ${name}</h3><div class="drawn">${drawResiduals(shape, name)}</div>
${table([`True ${name}`, "lines", "typical error", "on average too high by"], rows, { label: `Errors of ${name} by size` })}`;
}

function confusion({ truth, predicted }: Pick<Column, "truth" | "predicted">, name: string): Html {
  const shape = confusionOf(truth.map(asLabel), predicted.map(asLabel));
  const rows = shape.mistakes.map(({ truth: name, predicted: other, count, of }) => [
    name,
    ...[other, formatCount(count), formatPercent((100 * count) / Math.max(1, of))],
  ]);
  return html`<h3>Classes of ${name}</h3><div class="drawn">${drawConfusion(shape, name)}</div>
${rows.length > 0 && table(["Is", "taken for", "lines", "of the class"], rows, { label: `Mistakes in ${name}`, words: [1] })}`;
}

/** One calibration of all columns together; where they are the classes, the most probable one as its label. */
function probabilities(columns: readonly Column[], classes: readonly string[]): Html {
  const numbers = (of: "truth" | "predicted") => columns.map((column) => column[of].map(Number));
  const [truth, predicted] = [numbers("truth"), numbers("predicted")];
  const bins = calibrationOf(truth.flat(), predicted.flat());
  const name = columns.length === 1 ? (columns[0]?.name ?? "") : "all columns together";
  const rows = bins.map(({ predicted: said, share, count }) => [
    rounded(said, 3),
    ...[rounded(share, 3), formatCount(count)],
  ]);
  const names = columns.map((column) => column.name);
  const areClasses = classes.length > 1 && classes.length === columns.length;
  return html`${areClasses && confusion({ truth: labelsOf(truth, names), predicted: labelsOf(predicted, names) }, "the most probable class")}
<h3>Calibration</h3><div class="drawn">${drawCalibration(bins, name)}</div>
${table(["Predicted probability", "came true", "lines"], rows, { label: `Calibration of ${name}` })}`;
}

/** For each line the name of the column that is greatest there. */
const labelsOf = (columns: readonly number[][], names: readonly string[]): string[] =>
  (columns[0] ?? []).map((_, line) => {
    const values = columns.map((column) => column[line] ?? 0);
    return names[values.indexOf(Math.max(...values))] ?? "";
  });

/** `3.0` and `3` are the same label. */
const asLabel = (text: string): string =>
  text.trim() !== "" && Number.isFinite(Number(text)) ? String(Number(text)) : text.trim();
