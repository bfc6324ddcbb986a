import {
  formatChange,
  formatCount,
  formatScore,
  formatSpan,
  formatUsd,
  sentence,
} from "../../terminal/format.ts";
import { placeName } from "../facts/place.ts";
import { type RunFacts, refusals } from "../facts/run-facts.ts";
import { type Html, html } from "../html/html.ts";
import { attemptLink, evidenceLinks, scoreLink } from "../html/links.ts";
import { validationInBrief } from "./validation.ts";

const STATES: Record<string, { text: string; tone: string }> = {
  done: { text: "Finished", tone: "good" },
  "no solution": { text: "Finished without a solution", tone: "bad" },
  interrupted: { text: "Interrupted: can be resumed", tone: "" },
  failed: { text: "Failed: can be resumed", tone: "bad" },
  unfinished: { text: "Not finished", tone: "" },
};

/** The top of the page: what came out, how far it can be trusted, and what it cost. */
export function summary(facts: RunFacts): Html {
  const { record, state, problem, metric, direction, best } = facts;
  const { text, tone } = STATES[state] ?? { text: state, tone: "" };
  const toward = direction === "minimize" ? "lower is better" : "higher is better";
  return html`<header class="top">
<p class="kicker">MLE-STAR run report</p>
<h1>${record.task.name}</h1>
<p class="muted">Run ${record.runId} · ${record.createdAt.slice(0, 16).replace("T", " ")} UTC · <span class="badge ${tone}">${text}</span></p>
${problem !== null && state === "failed" && html`<p class="bad">${problem}</p>`}
<div class="hero"><div class="score"><p class="label">${metric}, ${toward}</p>
<p class="figure">${best === null ? "no score" : scoreLink(best.score, facts.scoredBy ?? undefined)}</p>
<p>${progress(facts)}</p></div>
<dl class="facts">${details(facts).map(([term, told]) => html`<div><dt>${term}</dt><dd>${told}</dd></div>`)}</dl></div>
</header>`;
}

function progress({ best, firstScore, direction }: RunFacts): Html {
  if (best === null) return html`No candidate left a score and a valid submission.`;
  if (best.score === null) return html`Its score was withdrawn: it turned out to rest on a leak.`;
  if (firstScore === null) return html``;
  const change = formatChange(firstScore, best.score, direction);
  return html`${change === "no change" ? "No better than" : html`<strong>${change}</strong> than`} the first score, ${formatScore(firstScore)}`;
}

function details(facts: RunFacts): [string, Html][] {
  const { best, bestRun, bestAttempt, seconds, scripts, attempts, calls, record, modality } = facts;
  const isOffline = record.model === "offline";
  const told = isOffline ? "nothing was paid" : "the provider told no price";
  const paid = calls.costUsd === null ? told : formatUsd(calls.costUsd);
  const failed = attempts.filter(({ score }) => score === null).length;
  return [
    [
      "Solution",
      best === null
        ? html`none`
        : html`${best.title}<br>${bestAttempt === null ? placeName(best.id) : attemptLink(bestAttempt.id)}${bestRun && html` · ${evidenceLinks(bestRun)}`}`,
    ],
    ["Validation", validationInBrief(facts)],
    ["Submission", submission(facts)],
    [
      "Work",
      html`${formatSpan(seconds)}: ${attempts.length} candidates (${failed} failed), ${scripts.length} scripts run`,
    ],
    ...leftOut(facts),
    ...(record.fork === null ? [] : [["Fork", fork(record.fork)] satisfies [string, Html]]),
    ["Model", html`${isOffline ? "built-in engineer, no language model" : record.model}`],
    ["Cost", html`${formatCount(calls.calls)} calls${tokens(facts)}; ${paid}`],
    [
      "Data",
      html`${modality ?? "not read"}; fingerprint <code>${record.task.fingerprint.slice(0, 12)}</code>`,
    ],
  ];
}

/** Why the run did less than its settings ask for. */
function leftOut({ leftOut: { steps, reason } }: RunFacts): [string, Html][] {
  if (steps.length === 0) return [];
  return [
    [
      "Left out",
      html`${sentence(reason ?? "")} Not done for that: <ul>${steps.map((step) => html`<li>${placeName(step)}</li>`)}</ul>`,
    ],
  ];
}

const fork = ({ runId, from, change }: NonNullable<RunFacts["record"]["fork"]>) =>
  html`of run ${runId}, from ${placeName(from)} on: ${change}`;

const tokens = ({ calls: { inputTokens, outputTokens } }: RunFacts) =>
  inputTokens === null && outputTokens === null
    ? ""
    : `; ${formatCount(inputTokens)} tokens in, ${formatCount(outputTokens)} out`;

function submission(facts: RunFacts): Html {
  const { best, bestRun } = facts;
  if (best === null) return html`none`;
  const valid = bestRun?.submission?.valid === true;
  return html`<a href="best/submission.csv">submission.csv</a>: ${
    valid
      ? html`<span class="good">valid</span>: columns, rows, ids and values as the sample asks`
      : html`<span class="bad">${bestRun?.submission?.problem ?? "not checked"}</span>`
  }${refusals(facts).map((reason) => html`. Refused before: ${reason}`)}${facts.submissions.length > 0 && html` (<a href="#submission">how it was made</a>)`}`;
}
