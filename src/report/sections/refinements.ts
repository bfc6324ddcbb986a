import { formatDuration, formatScore } from "../../terminal/format.ts";
import type { AttemptFact } from "../facts/attempts.ts";
import { placeName } from "../facts/place.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { changeText } from "../html/change.ts";
import { diffTable } from "../html/diff-table.ts";
import { type Html, html } from "../html/html.ts";
import { anchorOf, attemptLink, evidenceLinks, scoredScript, scoreLink } from "../html/links.ts";
import type { Section } from "./table.ts";

/** Markup of what is told of an attempt beside its diff. */
const CHARACTERS_BESIDE_DIFF = 1500;

/** Each block that was rewritten, before and after; beyond `room` characters only kept blocks are shown. */
export function refinementsSection(
  { attempts, direction, firstScore }: RunFacts,
  room: number,
): Section | null {
  const refined = attempts
    .filter(({ block }) => block !== null)
    .toSorted((a, b) => a.id.localeCompare(b.id, "en", { numeric: true }));
  if (refined.length === 0) return null;
  const scores = new Map(attempts.map(({ id, score }) => [id, score]));
  const open = firstShown(refined);
  let left =
    room - refined.reduce((sum, { plan }) => sum + (plan?.length ?? 0) + CHARACTERS_BESIDE_DIFF, 0);
  const body = html`<p>Each attempt rewrites one block of the best script of its step; everything else stays as it was.</p>
${refined.map((attempt, index) => {
  const { block, parent, score, id } = attempt;
  const from = parent === null ? firstScore : (scores.get(parent) ?? null);
  const change = from === null || score === null ? null : changeText(from, score, direction);
  const isShown = left > 0 || attempt.decision?.kept === true;
  const shown =
    block !== null && isShown
      ? diffTable(block.before, block.after, `Diff of ${placeName(id)}`)
      : html`<p>The report is long enough: compare the scripts of ${attemptLink(id)}.</p>`;
  left -= shown.text.length;
  return refinement(attempt, { change, shown, isOpen: index === open });
})}`;
  return { id: "refinements", name: "Refinements", title: "Refinements", body };
}

/** The first kept attempt stands open, so that a reader sees what a diff looks like. */
const firstShown = (refined: readonly AttemptFact[]) =>
  Math.max(
    0,
    refined.findIndex(({ decision }) => decision?.kept === true),
  );

function refinement(
  attempt: AttemptFact,
  { change, shown, isOpen }: { change: Html | null; shown: Html; isOpen: boolean },
): Html {
  const { id, title, plan, score, seconds, problem, decision, parent } = attempt;
  const script = scoredScript(attempt);
  return html`<details class="refinement" id="${anchorOf("diff", id)}"${isOpen && html` open`}>
<summary><span class="title">${title}</span>${decision?.kept === true && html` <span class="badge good">kept</span>`}<span class="told-below">${placeName(id)} · ${
    score === null
      ? html`<span class="bad">failed</span>`
      : html`${formatScore(score)}${change !== null && html` · ${change}`}`
  }</span></summary>
<p>${plan ?? title}</p>
<p class="muted">${score === null ? html`<span class="bad">${problem}</span>` : html`Score ${scoreLink(score, script)}${change !== null && parent !== null && html`, ${change} than ${attemptLink(parent)}`}`}${seconds !== null && ` · ${formatDuration(seconds)}`}${script && html` · ${evidenceLinks(script)}`} · ${attemptLink(id)}</p>
${shown}</details>`;
}
