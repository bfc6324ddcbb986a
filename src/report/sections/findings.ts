import { Place } from "../../core/place.ts";
import type { EventOf } from "../../record/event.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { html, type Section } from "../html/html.ts";
import { attemptLink, badgesOf, evidenceLinks, scoreOf, sourceLink } from "../html/links.ts";
import { pythonCode } from "../html/python-code.ts";
import { leakageInWords, problemInWords } from "../in-words.ts";

/** The models found for each track, where they were found, and the score of each. */
export function modelsSection(facts: RunFacts): Section | null {
  const { models, attempts } = facts;
  if (models.length === 0) return null;
  const body = html`${models.map(({ at, models: found }) => {
    const track = Place.parse(at);
    return html`<h3>${track.words}</h3><div class="cards">${found.map(
      ({ name, description, exampleCode, sources }, index) => {
        const { text } = track.model(index + 1);
        const attempt = attempts.findLast(({ place }) => place.text === text);
        return html`<article class="card"><h4>${name}</h4><p>${description}</p>
${attempt && html`<p>Score: ${scoreOf(attempt, facts)} · ${attemptLink(attempt.id)}</p>`}
<p class="muted">${sources.length === 0 ? "No source was given." : html`Sources:`}</p>${sources.length > 0 && html`<ul>${sources.map((source) => html`<li>${sourceLink(source)}</li>`)}</ul>`}
<details class="screen-only"><summary>Example code</summary>${pythonCode(exampleCode, `Example code of ${name}`)}</details></article>`;
      },
    )}</div>`;
  })}`;
  return { id: "models", name: "Models", title: "Models found", body };
}

/** What a person decided, where and when; null for a run that asked nobody. */
export function reviewsSection({ reviews }: RunFacts): Section | null {
  if (reviews.length === 0) return null;
  const body = html`<ul>${reviews.map(
    ({ at, subject, time, decision, change, sharedFrom }) =>
      html`<li>${Place.parse(at).words}: ${subject} <b>${decision}</b>${change !== null && html`: ${change}`} <span class="muted">${time.slice(0, 16).replace("T", " ")} UTC${sharedFrom !== null && html`, in run ${sharedFrom}`}</span></li>`,
  )}</ul>`;
  return { id: "reviews", name: "Reviews", title: "What a person decided", body };
}

const ALARMS: Record<EventOf<"alarm">["kind"], string> = {
  claim: "by what it printed",
  look: "by its text",
  gap: "by rows that it never saw",
  permuted: "by a run with exchanged labels",
};

/** What the checks of leakage and of data usage found, and what was changed. */
export function checksSection(facts: RunFacts): Section {
  const { attempts, dataUsage, record, alarms } = facts;
  const leaks = attempts.filter((attempt) => attempt.leakage !== null);
  const withdrawn = attempts.filter((attempt) => attempt.withdrawn !== null);
  const rewrites = attempts.filter(({ place }) => place.name === "data-usage");
  const body = html`<h3>Leakage</h3>
<p>${leakageInWords(facts)}.</p>
${leaks.length > 0 && html`<ul>${leaks.map(({ id, leakage }) => html`<li>${attemptLink(id)}: ${leakage?.explanation} <b>${leakage?.correction == null ? "It was not corrected in place." : "The block was corrected."}</b></li>`)}</ul>`}
${withdrawn.length > 0 && html`<p>These do not count, whatever they scored:</p><ul>${withdrawn.map((attempt) => html`<li>${attemptLink(attempt.id)} ${problemInWords(attempt)}</li>`)}</ul>`}
${alarms.length > 0 && html`<h3>Signs of false scores</h3><ul>${alarms.map(({ attempt, runId, kind, sentence, withdraws }) => html`<li>${attempt === null ? Place.parse(runId).words : attemptLink(attempt.id)}, ${ALARMS[kind]}: ${sentence} ${withdraws ? html`<b>That is proof: it does not count.</b>` : "That alone is no proof."}</li>`)}</ul>`}
<h3>Data usage</h3>
${dataUsage.length === 0 && html`<p>${record.settings.dataUsageCheck ? "No track was checked." : "The check was switched off for this run."}</p>`}
<ul>${dataUsage.map(({ at, usesAll, explanation }) => html`<li>${Place.parse(at).words}: ${usesAll ? "everything is used" : "something was left unused"}. ${explanation}</li>`)}
${rewrites.map((attempt) => html`<li>${attemptLink(attempt.id)}: rewritten to use more, ${scoreOf(attempt, facts)}${badgesOf(attempt)}</li>`)}</ul>`;
  return { id: "checks", name: "Checks", title: "Leakage and data usage", body };
}

/** What failed, by cause. */
export function failuresSection({ failures, attempts }: RunFacts): Section {
  const links = new Map(attempts.map(({ id, place }) => [place.text, attemptLink(id)]));
  const body =
    failures.length === 0
      ? html`<p>No script failed.</p>`
      : html`${failures.map(
          ({
            cause,
            failures: members,
          }) => html`<h3>${cause} <span class="badge">${members.length}</span></h3>
<ul>${members.map(({ id, said, mended, script }) => {
            const place = Place.parse(id);
            return html`<li>${links.get(place.step.text) ?? place.words}: ${said} ${mended && html`<span class="badge good">mended</span>`} ${evidenceLinks(script)}</li>`;
          })}</ul>`,
        )}`;
  return { id: "failures", name: "Failures", title: "Failures by cause", body };
}
