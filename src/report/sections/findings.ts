import { placeName, placeOf } from "../facts/place.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { html } from "../html/html.ts";
import {
  anchorOf,
  attemptLink,
  evidenceLinks,
  scoredScript,
  scoreLink,
  sourceLink,
} from "../html/links.ts";
import { pythonCode } from "../html/python-code.ts";
import type { Section } from "./table.ts";

/** The models found for each track, where they were found, and the score of each. */
export function modelsSection({ models, attempts }: RunFacts): Section | null {
  if (models.length === 0) return null;
  const body = html`${models.map(
    ({ at, models: found }) =>
      html`<h3>${placeName(at)}</h3><div class="cards">${found.map(
        ({ name, description, exampleCode, sources }, index) => {
          const attempt = attempts.findLast(({ id }) => placeOf(id) === `${at}/model-${index + 1}`);
          return html`<article class="card"><h4>${name}</h4><p>${description}</p>
${attempt && html`<p>Score: ${attempt.score === null ? html`<span class="bad">failed</span>` : scoreLink(attempt.score, scoredScript(attempt))} · ${attemptLink(attempt.id)}</p>`}
<p class="muted">${sources.length === 0 ? "No source was given." : html`Sources:`}</p>${sources.length > 0 && html`<ul>${sources.map((source) => html`<li>${sourceLink(source)}</li>`)}</ul>`}
<details class="screen-only"><summary>Example code</summary>${pythonCode(exampleCode, `Example code of ${name}`)}</details></article>`;
        },
      )}</div>`,
  )}`;
  return { id: "models", name: "Models", title: "Models found", body };
}

/** What the checks of leakage and of data usage found, and what was changed. */
export function checksSection(facts: RunFacts): Section {
  const { attempts, leakageChecks, dataUsage, record } = facts;
  const leaks = attempts.filter(({ leakage }) => leakage !== null);
  const rewrites = attempts.filter(({ id }) => id.endsWith("/data-usage"));
  const body = html`<h3>Leakage</h3>
<p>${record.settings.leakageCheck ? `${leakageChecks} scripts were checked before they ran; ${leaks.length === 0 ? "none was found to leak" : `${leaks.length} leaked`}.` : "The check was switched off for this run."}</p>
${leaks.length > 0 && html`<ul>${leaks.map(({ id, leakage }) => html`<li>${attemptLink(id)}: ${leakage?.explanation} <b>${leakage?.fixed ? "The block was corrected before the script ran." : "It was not corrected in place."}</b></li>`)}</ul>`}
<h3>Data usage</h3>
${dataUsage.length === 0 && html`<p>${record.settings.dataUsageCheck ? "No track was checked." : "The check was switched off for this run."}</p>`}
<ul>${dataUsage.map(({ at, usesAll, explanation }) => html`<li>${placeName(at)}: ${usesAll ? "everything is used" : "something was left unused"}. ${explanation}</li>`)}
${rewrites.map((attempt) => {
  const script = scoredScript(attempt);
  return html`<li>${attemptLink(attempt.id)}: rewritten to use more, ${scoreLink(attempt.score, script)}, ${attempt.decision?.kept === true ? "kept" : `not kept${attempt.decision === null ? "" : `: ${attempt.decision.reason}`}`} ${script && evidenceLinks(script)}</li>`;
})}</ul>`;
  return { id: "checks", name: "Checks", title: "Leakage and data usage", body };
}

/** What failed, by cause. */
export function failuresSection({ failures, scripts, attempts }: RunFacts): Section {
  const attemptOf = (id: string) =>
    attempts.find((attempt) => id === attempt.id || id.startsWith(`${attempt.id}/debug-`));
  const body =
    failures.length === 0
      ? html`<p>No script failed.</p>`
      : html`${failures.map(
          ({
            cause,
            failures: members,
          }) => html`<h3>${cause} <span class="badge">${members.length}</span></h3>
<ul>${members.map(({ id, said, mended }) => {
            const script = scripts.find((one) => one.id === id);
            const attempt = attemptOf(id);
            return html`<li>${attempt === undefined ? placeName(id) : html`<a href="#${anchorOf("attempt", attempt.id)}">${placeName(id)}</a>`}: ${said} ${mended && html`<span class="badge good">mended</span>`} ${script && evidenceLinks(script)}</li>`;
          })}</ul>`,
        )}`;
  return { id: "failures", name: "Failures", title: "Failures by cause", body };
}
