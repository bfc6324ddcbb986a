import { formatScore, formatSeconds } from "../../terminal/format.ts";
import { drawScores } from "../chart/draw-scores.ts";
import { scoreChart } from "../chart/score-points.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { changeText } from "../html/change.ts";
import { html, trusted } from "../html/html.ts";
import { attemptLink, evidenceLinks, scoredScript, scoreLink } from "../html/links.ts";
import { type Section, table } from "./table.ts";

/** Every score over the time of the run: drawn for wide and for narrow pages, and as a table. */
export async function scoresSection(facts: RunFacts): Promise<Section | null> {
  const { attempts, direction, metric, firstScore, best } = facts;
  if (firstScore === null) return null;
  const chart = scoreChart(attempts, direction);
  const wide = await drawScores(chart, { metric, width: 1000, height: 340 });
  const narrow = await drawScores(chart, { metric, width: 380, height: 300 });
  const promotions = attempts.filter(({ promotion }) => promotion !== null).length;
  const told = `${metric} of ${attempts.length} candidates over time, from ${formatScore(firstScore)} to ${formatScore(best?.score ?? null)} in ${promotions} promotions`;
  const rows = attempts.map((attempt) => {
    const { id, title, score, elapsedSeconds, promotion } = attempt;
    const script = scoredScript(attempt);
    return [
      attemptLink(id),
      formatSeconds(elapsedSeconds),
      html`${title}`,
      scoreLink(score, script),
      score === null
        ? html`<span class="bad">failed</span>`
        : promotion === null
          ? ""
          : html`promoted${promotion.previous !== null && html`: ${changeText(promotion.previous, score, direction)}`}`,
      script === undefined ? "" : evidenceLinks(script),
    ];
  });
  const body = html`<figure aria-label="${told}"><div class="wide">${trusted(wide)}</div><div class="narrow">${trusted(narrow)}</div>
<figcaption class="muted">The line is the best score so far; it steps at each promotion. Point at a mark for its candidate, follow a promotion to it.</figcaption></figure>
<details class="screen-only"><summary>The same as a table</summary>
<p><a download="scores.csv" href="data:text/csv;base64,${csv(facts)}">Download as CSV</a></p>
${table(["Candidate", "At", "Title", metric, "Outcome", "Evidence"], rows, { label: "Scores over time", words: [2, 4, 5] })}</details>`;
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
  const rows = attempts.map(({ id, title, elapsedSeconds, score, seconds, promotion, problem }) =>
    [id, title, elapsedSeconds, score, seconds, promotion === null ? 0 : 1, problem].map(cell),
  );
  const head = ["id", "title", "elapsed_seconds", "score", "script_seconds", "promoted", "problem"];
  return Buffer.from([head, ...rows].map((row) => row.join(",")).join("\n")).toString("base64");
}
