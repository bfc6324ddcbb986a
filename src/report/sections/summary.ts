import type { RunState } from "../../record/history.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { type Html, html } from "../html/html.ts";
import { anchorOf, evidenceLinks, scoreLink } from "../html/links.ts";
import { headFacts, progressInWords, scoreInWords, towardInWords } from "../in-words.ts";

const STATES: Record<RunState, { text: string; tone: string }> = {
  done: { text: "Finished", tone: "good" },
  "no solution": { text: "Finished without a solution", tone: "bad" },
  interrupted: { text: "Interrupted: can be resumed", tone: "" },
  failed: { text: "Failed: can be resumed", tone: "bad" },
  unfinished: { text: "Not finished", tone: "" },
};

/** The top of the report: what came out, how far it can be trusted, and what it cost. */
export function summary(facts: RunFacts): Html {
  const { record, state, metric, scoredBy } = facts;
  const { text, tone } = STATES[state];
  return html`<p class="muted">Run ${record.runId} · ${record.createdAt.slice(0, 16).replace("T", " ")} UTC · <span class="badge ${tone}">${text}</span></p>
<div class="hero"><div class="score"><p class="label">${metric}, ${towardInWords(facts)}</p>
<p class="figure">${scoreLink(scoreInWords(facts), scoredBy)}</p>
<p>${progressInWords(facts)}</p></div>
<dl class="facts">${headFacts(facts).map(({ term, told }) => html`<div><dt>${term}</dt><dd class="${toneOf(term, facts)}">${told}${linksOf(term, facts)}</dd></div>`)}</dl></div>`;
}

function toneOf(term: string, { check }: RunFacts): string {
  if (term === "Problem" || term === "Refused" || term === "Alarms") return "bad";
  if (term !== "Submission") return "";
  return check?.valid === true ? "good" : "bad";
}

/** From a fact to what it rests on. */
function linksOf(
  term: string,
  { best, bestAttempt, bestScript, submissions }: RunFacts,
): Html | null {
  if (best === null) return null;
  switch (term) {
    case "Solution":
      return html`<br>${bestAttempt && html`<a href="#${anchorOf("attempt", bestAttempt.id)}">attempt</a>`}${bestAttempt && bestScript && " · "}${evidenceLinks(bestScript)}`;
    case "Validation":
      return html`; <a href="#validation">how it was measured</a>`;
    case "Alarms":
    case "Leakage":
      return html`; <a href="#checks">what was found</a>`;
    case "Submission":
      return html`; <a href="best/submission.csv">the file</a>${submissions.length > 0 && html`, <a href="#submission">how it was made</a>`}`;
    default:
      return null;
  }
}
