import { formatCount, formatDeviation, formatScore } from "../../terminal/format.ts";
import { leakageInWords } from "../../terminal/validation-in-words.ts";
import { placeName } from "../facts/place.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { type Html, html } from "../html/html.ts";
import { attemptLink, evidenceLinks, scoreLink } from "../html/links.ts";
import { type Section, table } from "./table.ts";

/** How the score was measured, in two sentences. */
export function validationInBrief(facts: RunFacts): Html {
  const { best, scoredBy, validation } = facts;
  if (best === null) return html`none`;
  const folds = validation.folds;
  return html`On labelled rows held out of training${folds !== null && html`; ${folds.scores.length} folds, ${formatDeviation(folds.deviation)} between them`}. ${scoredBy !== null && html`Read from the log of ${placeName(scoredBy.id)}. `}${leakageInWords(facts)}. <a href="#validation">More</a>`;
}

/** What the score rests on, and what speaks against trusting it too far. */
export function validationSection(facts: RunFacts): Section | null {
  const { best, metric, scoredBy, bestAttempt, validation } = facts;
  if (best === null) return null;
  const { lines } = validation;
  const body = html`<p>${metric} ${scoreLink(best.score, scoredBy ?? undefined)} is the last score line that the script of ${bestAttempt === null ? placeName(best.id) : attemptLink(bestAttempt.id)} printed, measured on labelled rows that it held out of training; no language model was asked for it. ${scoredBy !== null && evidenceLinks(scoredBy)}</p>
${foldTable(facts)}
${lines.length > 0 ? html`<p>What the script said of its validation:</p><pre class="code wrap"><code>${lines.join("\n")}</code></pre>` : html`<p>The script printed nothing about its folds: see its log and text for how rows were held out.</p>`}
<ul>${caveats(facts).map((line) => html`<li>${line}</li>`)}</ul>`;
  return { id: "validation", name: "Validation", title: "How it was validated", body };
}

function foldTable({ validation: { folds }, metric, scoredBy }: RunFacts): Html | null {
  if (folds === null) return null;
  const { scores, deviation } = folds;
  const rows = [[metric, ...scores.map((score) => scoreLink(score, scoredBy ?? undefined))]];
  return html`${table(["Fold", ...scores.map((_, index) => String(index + 1))], rows, { label: "Scores of the folds" })}
<p>From ${formatScore(Math.min(...scores))} to ${formatScore(Math.max(...scores))}, ${formatDeviation(deviation)}. All candidates are measured in the same way, so that differences between them can be finer than this; on new data the score may well lie as far off as one fold does.</p>`;
}

function caveats({ attempts, record, bestRun, bestAttempt, leakageChecks }: RunFacts): Html[] {
  const scored = attempts.filter(({ score }) => score !== null).length;
  const { maxTrainRows, leakageCheck } = record.settings;
  const cap = html`While searching, a script trained on ${formatCount(maxTrainRows)} rows at most.`;
  const onAllRows =
    bestRun?.purpose === "submission"
      ? html` The submission was then made with all rows by ${placeName(bestRun.id)}, whose own log may show another score.`
      : html` The submission is that of the scored run itself.`;
  return [
    ...(scored > 1
      ? [
          html`It is the best of ${scored} scored candidates, all chosen by their scores on the same data: on new data expect it to be somewhat worse.`,
        ]
      : []),
    html`${cap}${onAllRows}`,
    leakageCheck
      ? html`${leakageChecks} scripts were checked for leakage before they ran${bestAttempt?.leakage != null && html`; this one leaked and was corrected`}: see <a href="#checks">the findings</a>.`
      : html`Nothing was checked for leakage: the check was switched off.`,
  ];
}
