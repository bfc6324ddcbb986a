import { isMeasured } from "../../core/ground.ts";
import { Place } from "../../core/place.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { formatCount, formatScore, sentence, withInterval } from "../format.ts";
import { type Html, html, type Section } from "../html/html.ts";
import { attemptLink, evidenceLinks, scoreLink } from "../html/links.ts";
import { table } from "../html/table.ts";
import { leakageInWords, validationInWords } from "../in-words.ts";
import { scoreText } from "../score-in-words.ts";
import { groundLines } from "../show-inspection.ts";

/** What the score rests on, and what speaks against trusting it too far. */
export function validationSection(facts: RunFacts): Section | null {
  const { best, bestAttempt, validation, ledger } = facts;
  if (best === null) return null;
  const { lines } = validation;
  const isClaim = bestAttempt?.measurement == null;
  const body = html`${isClaim ? claimed(facts) : measured(facts)}
${foldTable(facts)}
${isClaim && lines.length > 0 && html`<p>What the script said of its validation:</p><pre class="code wrap"><code>${lines.join("\n")}</code></pre>`}
${isClaim && lines.length === 0 && html`<p>The script printed nothing about its folds: see its log and text for how rows were held out.</p>`}
${ledger.ground !== null && html`<h3>What scores stand on</h3><dl class="facts">${groundLines(ledger.ground).map(([about, told]) => html`<div><dt>${about.replace(/^--|:$/g, "")}</dt><dd>${told}</dd></div>`)}</dl>`}
<ul>${caveats(facts).map((line) => html`<li>${line}</li>`)}</ul>`;
  return { id: "validation", name: "Validation", title: "How it was validated", body };
}

const made = ({ best, bestAttempt }: RunFacts) =>
  bestAttempt === null ? best?.title : attemptLink(bestAttempt.id);

/** Of a score that the program measured; what to expect is told once the run has ended. */
function measured(facts: RunFacts): Html {
  const { metric, best, bestAttempt, scoredBy, ledger } = facts;
  const noun = ledger.ground?.noun ?? "row";
  const score = scoreText(best?.score ?? null, bestAttempt ?? { measurement: null }, ledger.ground);
  const expected = ledger.result?.measured ?? null;
  return html`<p>${metric} ${scoreLink(score, scoredBy)} was measured by the program: it holds the truth of every ${noun} against what ${made(facts)} predicted for it out of fold, by models that are to have learned from the other folds only. What a script prints counts for nothing. ${evidenceLinks(scoredBy)}</p>
${
  expected !== null &&
  html`<p>What to expect on new data is ${metric} <b>${withInterval(expected)}</b>: ${
    expected.by === "hold-out"
      ? `measured on ${noun}s that no script learned from and that decided nothing, not even which solution is handed out.`
      : `measured on the same ${noun}s that chose the solution among others, since none were held back: rather expect somewhat less.`
  }</p>`
}`;
}

function claimed(facts: RunFacts): Html {
  const { metric, best, scoredBy, ledger } = facts;
  const why = ledger.ground?.reason ?? "";
  return html`<p>${metric} ${scoreLink(formatScore(best?.score ?? null), scoredBy)} is a claim: the last score line that the script of ${made(facts)} printed, on rows it chose itself; the program did not measure it${isMeasured(ledger.ground) ? ", for it left no predictions that could be scored" : why !== "" && `: ${why}`}${/[.!?]$/.test(why) ? "" : "."} ${evidenceLinks(scoredBy)}</p>`;
}

function foldTable(facts: RunFacts): Html | null {
  const { validation, bestAttempt, metric, scoredBy } = facts;
  const scores = bestAttempt?.measurement?.folds ?? validation.folds?.scores ?? [];
  if (scores.length < 2) return null;
  const rows = [[metric, ...scores.map((score) => scoreLink(foldScore(score), scoredBy))]];
  return html`${table(["Fold", ...scores.map((_, index) => String(index + 1))], rows, { label: "Scores of the folds" })}
<p>${sentence(validationInWords(facts))} Differences between candidates can be finer than the spread, for they are taken on the same rows; on new data the score may well lie as far off as one fold does.</p>`;
}

const foldScore = (score: number | null) => (score === null ? "–" : formatScore(score));

function caveats(facts: RunFacts): Html[] {
  const { attempts, record, bestScript, bestAttempt, best } = facts;
  const scored = attempts.filter(({ score }) => score !== null).length;
  const isFinal = Place.parse(best?.runId ?? "").stage === "submission";
  const place = isFinal ? Place.parse(best?.runId ?? "").words : "";
  const onAllRows = isFinal
    ? `The submission was then made with all rows by ${place}, ${bestScript === null ? "from the final runs of its members" : "whose own log may show another score"}.`
    : "The submission is that of the scored run itself.";
  return [
    html`It is the best of ${scored} scored candidates, chosen by their scores on the same data: the score it was chosen by flatters it somewhat.`,
    html`While searching, a script trained on ${formatCount(record.settings.maxTrainRows)} rows at most. ${onAllRows}`,
    html`${leakageInWords(facts)}${bestAttempt?.leakage != null && "; this one leaked and was corrected"}: see <a href="#checks">the findings</a>.`,
  ].slice(scored > 1 ? 0 : 1);
}
