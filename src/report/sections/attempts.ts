import { grouped } from "../../core/grouped.ts";
import { inShort } from "../../core/outcome.ts";
import type { AttemptFact } from "../facts/attempts.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { formatDuration, formatSeconds, rounded, sentence } from "../format.ts";
import { diffTable } from "../html/diff-table.ts";
import { type Html, html, type Section } from "../html/html.ts";
import {
  anchorOf,
  attemptLink,
  badgesOf,
  changeText,
  evidenceLinks,
  scoreOf,
} from "../html/links.ts";
import { problemInWords } from "../in-words.ts";

/** In a page that opens at once and can be sent by mail: of longer runs only what was kept is compared. */
const MOST_DIFFS = 100;

/** Every candidate below the one it was made from, track by track, each with what was changed. */
export function attemptsSection(facts: RunFacts): Section | null {
  const { attempts, ledger } = facts;
  if (attempts.length === 0) return null;
  const children = grouped(attempts, ({ parent }) => parent);
  const roots = attempts.filter(({ parent }) => ledger.find(parent ?? "") === null);
  const treeOf = (tops: readonly AttemptFact[]): Html =>
    html`<ul class="tree">${tops.map((attempt) => {
      const below = children.get(attempt.id) ?? [];
      return html`<li>${card(attempt, facts)}${below.length > 0 && treeOf(below)}</li>`;
    })}</ul>`;
  const branches = [
    ...grouped(roots, ({ place, blend }) => (blend === null ? place.branch.words : "blends")),
  ];
  const body = html`${branches.map(([branch, tops]) => html`<h3>${branch}</h3>${treeOf(tops)}`)}`;
  return { id: "attempts", name: "Attempts", title: "Tree of attempts", body };
}

function card(attempt: AttemptFact, facts: RunFacts): Html {
  const { id, place, title, run, lead, scored, score, elapsedSeconds } = attempt;
  const status = lead !== null ? "best" : score === null ? "failed" : "";
  const problem = problemInWords(attempt);
  return html`<article class="attempt ${status}" id="${anchorOf("attempt", id)}">
<p class="line"><span class="mark">${scoreOf(attempt, facts)}</span> <strong>${title}</strong>${badgesOf(attempt)}</p>
<p class="muted">${place.words} at ${formatSeconds(elapsedSeconds)}${run !== null && ` · ${formatDuration(run.seconds)}`}${changeOf(attempt, facts)}${scored && html` · ${evidenceLinks(scored)}`}</p>
${problem !== null && html`<p class="bad">${problem}</p>`}
${details(attempt)}${diffOf(attempt, facts)}
</article>`;
}

/** What an attempt is against the one it was made from, or an ensemble against the best single solution. */
function changeOf(attempt: AttemptFact, facts: RunFacts): Html | null {
  const { score, parent, stage, gained, blend } = attempt;
  if (blend !== null)
    return (
      gained &&
      html` · ${rounded(gained.gain, 3)} ± ${rounded(gained.error, 2)} better than the best of its members`
    );
  const single = facts.ledger.standing().find((one) => one.stage !== "ensemble");
  const base = stage === "ensemble" ? single : facts.ledger.find(parent ?? "");
  if (base?.score == null || score === null) return null;
  const what = stage === "ensemble" ? "the best single solution, " : "";
  return html` · ${changeText(base.score, score, facts)} than ${what}${attemptLink(base.id)}`;
}

function details({ plan, verdict, leakage, scripts, stage, run }: AttemptFact): Html | null {
  const weights = (stage === "ensemble" ? (run?.stdout ?? "") : "")
    .split("\n")
    .filter((line) => /weights?\b/i.test(line))
    .slice(-5);
  const told = [
    plan !== null && html`<p><b>Plan.</b> ${plan}</p>`,
    weights.length > 0 && html`<p><b>It printed:</b> <code>${weights.join("; ")}</code></p>`,
    verdict !== null &&
      html`<p><b>${verdict.kept ? "Kept" : "Not kept"}:</b> ${sentence(verdict.reason)}</p>`,
    leakage !== null && html`<p><b>Leakage:</b> ${leakage.explanation}</p>`,
    scripts.length > 1 &&
      html`<p><b>Scripts run:</b></p><ol>${scripts.map((script) => html`<li>${script.run.outcome}, ${formatDuration(script.run.seconds)}${script.run.outcome !== "ok" && `: ${inShort(script.run.stderr)}`} ${evidenceLinks(script)}</li>`)}</ol>`,
  ].filter((part) => part !== false);
  return told.length === 0
    ? null
    : html`<details><summary class="screen-only">Plan and reasons</summary>${told}</details>`;
}

/** Its script against the one it was made from. */
function diffOf(attempt: AttemptFact, { attempts, ledger }: RunFacts): Html | null {
  const { place, parent, script, verdict } = attempt;
  const before = ledger.find(parent ?? "")?.script ?? script;
  if (before === script || script === "") return null;
  if (attempts.length > MOST_DIFFS && verdict?.kept !== true)
    return html`<p class="muted">The report is long enough: compare the scripts.</p>`;
  // The first kept attempt stands open, so that a reader sees what a diff looks like.
  const isFirst = attempt === attempts.find((one) => one.plan !== null && one.verdict?.kept);
  return html`<details class="refinement"${isFirst && html` open`}><summary>What was changed</summary>${diffTable(before, script, `Diff of ${place.words}`)}</details>`;
}
