import type { Direction } from "../../core/candidate.ts";
import { formatDuration, sentence } from "../../terminal/format.ts";
import type { AttemptFact } from "../facts/attempts.ts";
import { grouped } from "../facts/grouped.ts";
import { branchOf, placeName } from "../facts/place.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { changeText } from "../html/change.ts";
import { type Html, html } from "../html/html.ts";
import { anchorOf, evidenceLinks, scoredScript, scoreLink } from "../html/links.ts";
import type { Section } from "./table.ts";

/** Every candidate below the one it was made from, track by track. */
export function attemptsSection({ attempts, direction }: RunFacts): Section | null {
  if (attempts.length === 0) return null;
  const children = grouped(attempts, ({ parent }) => parent);
  const known = new Set(attempts.map(({ id }) => id));
  const roots = attempts.filter(({ parent }) => parent === null || !known.has(parent));
  const scores = new Map(attempts.map(({ id, score }) => [id, score]));
  const tell = (attempt: AttemptFact) => card(attempt, gainOf(attempt, scores, direction));
  const branches = [...grouped(roots, ({ id }) => branchOf(id))];
  const body = html`${branches.map(
    ([branch, tops]) =>
      html`<h3>${capitalized(placeName(branch))}</h3>${treeOf(tops, children, tell)}`,
  )}`;
  return { id: "attempts", name: "Attempts", title: "Tree of attempts", body };
}

function treeOf(
  attempts: readonly AttemptFact[],
  children: Map<string | null, AttemptFact[]>,
  tell: (attempt: AttemptFact) => Html,
): Html {
  return html`<ul class="tree">${attempts.map((attempt) => {
    const below = children.get(attempt.id) ?? [];
    return html`<li>${tell(attempt)}${below.length > 0 && treeOf(below, children, tell)}</li>`;
  })}</ul>`;
}

function card(attempt: AttemptFact, gained: Html | null): Html {
  const { id, title, score, seconds, promotion, problem, block, decision } = attempt;
  const script = scoredScript(attempt);
  const status = promotion !== null ? "best" : score === null ? "failed" : "";
  return html`<article class="attempt ${status}" id="${anchorOf("attempt", id)}">
<p class="line"><span class="mark">${score === null ? html`<span class="bad">failed</span>` : scoreLink(score, script)}</span> <strong>${title}</strong>
${promotion !== null && html` <span class="badge accent">new best</span>`}${decision?.kept === true && promotion === null && html` <span class="badge good">kept</span>`}</p>
<p class="muted">${placeName(id)}${seconds !== null && ` · ${formatDuration(seconds)}`}${gained}${script && html` · ${evidenceLinks(script)}`}${block && html` · <a href="#${anchorOf("diff", id)}">diff</a>`}</p>
${problem !== null && html`<p class="bad">${problem}</p>`}
${details(attempt)}
</article>`;
}

/** By how much it is better or worse than its parent. */
function gainOf(
  { score, parent }: AttemptFact,
  scores: ReadonlyMap<string, number | null>,
  direction: Direction,
): Html | null {
  const base = parent === null ? null : (scores.get(parent) ?? null);
  if (base === null || score === null || parent === null) return null;
  if (base === score) return html` · as good as ${placeName(parent)}`;
  return html` · ${changeText(base, score, direction)} than ${placeName(parent)}`;
}

function details({ plan, decision, leakage, scripts }: AttemptFact): Html | null {
  const told = [
    plan !== null && html`<p><b>Plan.</b> ${plan}</p>`,
    decision !== null &&
      html`<p><b>${decision.kept ? "Kept" : "Not kept"}:</b> ${sentence(decision.reason)}</p>`,
    leakage !== null &&
      html`<p><b>Leakage ${leakage.fixed ? "corrected" : "found"}:</b> ${leakage.explanation}</p>`,
    scripts.length > 1 &&
      html`<p><b>Scripts run:</b></p><ol>${scripts.map((script) => html`<li>${script.outcome}, ${formatDuration(script.seconds)}${script.lastError !== null && script.outcome !== "ok" && html`: ${script.lastError}`} ${evidenceLinks(script)}</li>`)}</ol>`,
  ].filter((part) => part !== false);
  return told.length === 0
    ? null
    : html`<details><summary>Plan and reasons</summary>${told}</details>`;
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
