import { drawScores } from "../chart/draw-scores.ts";
import { scoreChart } from "../chart/score-points.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { formatScore } from "../format.ts";
import { html, type Section } from "../html/html.ts";

/** Every score over the time of the run, drawn for wide and for narrow pages. */
export function scoresSection(facts: RunFacts): Section | null {
  const { attempts, metric, firstScore, best, ledger } = facts;
  if (firstScore === null) return null;
  const chart = scoreChart(attempts, ledger.direction);
  const wide = drawScores(chart, { metric, width: 1000, height: 340 });
  const narrow = drawScores(chart, { metric, width: 380, height: 300 });
  const leads = attempts.filter(({ lead }) => lead !== null).length;
  const told = `${metric} of ${attempts.length} candidates over time, from ${formatScore(firstScore)} to ${formatScore(best?.score ?? null)} in ${leads} promotions`;
  const body = html`<figure aria-label="${told}"><div class="wide">${wide}</div><div class="narrow">${narrow}</div>
<figcaption class="muted">The line is the best score so far; it steps at each promotion. Point at a mark for its candidate, follow a promotion to it. <a class="screen-only" download="scores.csv" href="data:text/csv;base64,${csv(facts)}">The same as CSV</a></figcaption></figure>`;
  return { id: "scores", name: "Scores", title: "Scores over time", body };
}

/** The chart's data as CSV in Base64. */
function csv({ attempts }: RunFacts): string {
  const cell = (value: string | number | null) => {
    // A cell that begins like a formula would be run as one by spreadsheets.
    const text =
      typeof value === "string" ? value.replace(/^[=+\-@\t\r]/, "'$&") : String(value ?? "");
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const rows = attempts.map(({ id, title, elapsedSeconds, score, run, lead, ...attempt }) => {
    const problem = attempt.withdrawn ?? attempt.problem;
    const seconds = run?.seconds ?? null;
    const error = attempt.measurement?.error ?? null;
    const cells = [id, title, elapsedSeconds, score, error, seconds, lead === null ? 0 : 1];
    return [...cells, problem].map(cell);
  });
  const head = [
    ...["id", "title", "elapsed_seconds", "score", "standard_error", "script_seconds"],
    ...["promoted", "problem"],
  ];
  return Buffer.from([head, ...rows].map((row) => row.join(",")).join("\n")).toString("base64");
}
