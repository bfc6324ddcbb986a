import { Place } from "../../core/place.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { formatCount } from "../format.ts";
import { type Html, html, type Section } from "../html/html.ts";
import { attemptLink, evidenceLinks, scoreLink } from "../html/links.ts";
import { table } from "../html/table.ts";
import { leakageInWords, validationInWords } from "../in-words.ts";

/** What the score rests on, and what speaks against trusting it too far. */
export function validationSection(facts: RunFacts): Section | null {
  const { best, metric, scoredBy, bestAttempt, validation } = facts;
  if (best === null) return null;
  const { lines } = validation;
  const body = html`<p>${metric} ${scoreLink(best.score, scoredBy)} is the last score line that the script of ${bestAttempt === null ? best.title : attemptLink(bestAttempt.id)} printed, measured on labelled rows that it held out of training; no language model was asked for it. ${evidenceLinks(scoredBy)}</p>
${foldTable(facts)}
${lines.length > 0 ? html`<p>What the script said of its validation:</p><pre class="code wrap"><code>${lines.join("\n")}</code></pre>` : html`<p>The script printed nothing about its folds: see its log and text for how rows were held out.</p>`}
<ul>${caveats(facts).map((line) => html`<li>${line}</li>`)}</ul>`;
  return { id: "validation", name: "Validation", title: "How it was validated", body };
}

function foldTable(facts: RunFacts): Html | null {
  const { validation, metric, scoredBy } = facts;
  if (validation.folds === null) return null;
  const { scores } = validation.folds;
  const rows = [[metric, ...scores.map((score) => scoreLink(score, scoredBy))]];
  return html`${table(["Fold", ...scores.map((_, index) => String(index + 1))], rows, { label: "Scores of the folds" })}
<p>${validationInWords(facts)}. All candidates are measured in the same way, so that differences between them can be finer than the spread; on new data the score may well lie as far off as one fold does.</p>`;
}

function caveats(facts: RunFacts): Html[] {
  const { attempts, record, bestScript, bestAttempt } = facts;
  const scored = attempts.filter(({ score }) => score !== null).length;
  const onAllRows =
    bestScript?.purpose === "submission"
      ? `The submission was then made with all rows by ${Place.parse(bestScript.id).words}, whose own log may show another score.`
      : "The submission is that of the scored run itself.";
  return [
    html`It is the best of ${scored} scored candidates, all chosen by their scores on the same data: on new data expect it to be somewhat worse.`,
    html`While searching, a script trained on ${formatCount(record.settings.maxTrainRows)} rows at most. ${onAllRows}`,
    html`${leakageInWords(facts)}${bestAttempt?.leakage != null && "; this one leaked and was corrected"}: see <a href="#checks">the findings</a>.`,
  ].slice(scored > 1 ? 0 : 1);
}
