import type { Explained } from "../../core/measurement.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { formatChange, formatCount, formatPercent, formatScore, rounded } from "../format.ts";
import { type Html, html, type Section } from "../html/html.ts";
import { table } from "../html/table.ts";

/** What the best is worth beside a guess, what its predictions go by, where they are worst, and what the data lack. */
export function insightSection(facts: RunFacts): Section | null {
  const { explained } = facts;
  if (explained === null) return null;
  const parts = [
    baseline(explained, facts),
    goesBy(explained),
    groups(explained, facts),
    curve(explained, facts),
    missing(explained, facts),
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return { id: "insight", name: "Insight", title: "What it goes by", body: html`${parts}` };
}

function baseline({ baseline: score }: Explained, facts: RunFacts): Html | null {
  const { metric, bestAttempt, firstScore } = facts;
  const best = bestAttempt?.measurement?.score ?? null;
  if (score === null || best === null) return null;
  const rows = [
    ["One answer for all", formatScore(score)],
    ...(firstScore === null ? [] : [["The first script", formatScore(firstScore)]]),
    ["The best", formatScore(best)],
  ];
  return html`<h3>Beside a guess</h3><p>One answer for all, the most frequent class, the mean or the median: learned from the other folds, where there is more than one.</p>
${table(["On validation rows", metric], rows, { label: "The best beside one answer for all" })}`;
}

function goesBy({ goesBy: found }: Explained): Html | null {
  if (found === null || found.columns.length === 0) return null;
  const { likeness, isShare, columns } = found;
  const like = isShare
    ? `says the same class for ${formatPercent(100 * likeness)} of other lines`
    : `explains ${formatPercent(100 * likeness)} of how they vary on other lines (R²)`;
  const most = Math.max(...columns.map(({ drop }) => drop));
  const rows = columns.map(({ column, drop }) => [
    column,
    html`<meter min="0" max="${rounded(most, 4)}" value="${rounded(drop, 4)}" aria-hidden="true"></meter> ${drop.toFixed(3)}`,
  ]);
  return html`<h3>Columns that its predictions hang on</h3><p>A tree model learned from the training table to say what the best predicts out of fold; it ${like}. How much less where one column is shuffled:</p>
${table(["Column", "less where shuffled"], rows, { label: "Columns by importance" })}`;
}

function groups({ groups: found }: Explained, { ledger }: RunFacts): Html | null {
  const noun = ledger.ground?.noun ?? "row";
  const rows = found.map(({ column, group, lines, times }) => [
    `${column}: ${group}`,
    formatCount(lines),
    `${rounded(times, 2)} times`,
  ]);
  if (rows.length === 0) return null;
  return html`<h3>Groups it is clearly worse on</h3><p>Validation ${noun}s by the quarters or frequent values of each column; only what is beyond chance.</p>
${table(["Group", "lines", "loss beside all"], rows, { label: "Groups with the largest loss" })}`;
}

function curve({ curve: points }: Explained, { metric, ledger }: RunFacts): Html | null {
  const [first, last] = [points.at(-2), points.at(-1)];
  if (first === undefined || last === undefined) return null;
  const rows = points.map(({ rows, score }) => [formatCount(rows), formatScore(score)]);
  return html`<h3>Whether more data would help</h3><p>Not the best but a plain tree model, on one fold, having learned from growing parts of the others: twice the rows made it ${formatChange(first.score, last.score, ledger.direction)}.</p>
${table(["Rows learned from", metric], rows, { label: "Score by rows learned from" })}`;
}

function missing({ missing: found }: Explained, { ledger }: RunFacts): Html | null {
  const apart = new Map(ledger.ground?.apart?.columns.map(({ name, auc }) => [name, auc]));
  const known = new Set(found.map(({ column }) => column));
  const whole = [...apart.keys()].filter((column) => !known.has(column));
  const all = [...found, ...whole.map((column) => ({ column, train: 0, test: 0 }))];
  if (all.length === 0) return null;
  const share = (part: number | null) => (part === null ? "not there" : formatPercent(100 * part));
  const rows = all.map(({ column, train, test }) => {
    const auc = apart.get(column);
    return [column, share(train), share(test), auc === undefined ? "" : `AUC ${rounded(auc, 2)}`];
  });
  return html`<h3>Missing values, and where train and test differ</h3>
${table(["Column", "missing in train", "in test", "sets them apart"], rows, { label: "Missing values and differences of train and test" })}`;
}
