import { Place } from "../../core/place.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { formatDuration, sentence } from "../format.ts";
import { html, type Section } from "../html/html.ts";
import { attemptLink, evidenceLinks } from "../html/links.ts";

/** The scripts that made the submission, and why one was refused. */
export function submissionsSection({ submissions, best }: RunFacts): Section | null {
  if (submissions.length === 0) return null;
  const body = html`${submissions.map(({ at, candidate, kept, reason, scripts }) => {
    const isOwn = Place.parse(at).name === "own";
    const made =
      candidate === null
        ? "by a plain baseline"
        : html`${isOwn ? "by the unchanged script of" : "made from"} ${attemptLink(candidate)}`;
    return html`<p>${kept ? html`<span class="good">Kept:</span>` : html`<span class="bad">Refused:</span>`} the submission ${made}: ${sentence(reason)} ${
      scripts.length === 0
        ? "Its text is that of the scored script, whose files are used."
        : scripts.map(
            (script) =>
              html`${script.run.outcome}, ${formatDuration(script.run.seconds)} ${evidenceLinks(script)} `,
          )
    }</p>`;
  })}<p>${best === null ? "There is no submission." : html`What stands: <a href="best/submission.csv">best/submission.csv</a>, by <a href="best/solution.py">best/solution.py</a>.`}</p>`;
  return { id: "submission", name: "Submission", title: "Submission", body };
}
