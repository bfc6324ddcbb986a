import { formatDuration, sentence } from "../../terminal/format.ts";
import type { AttemptFact } from "../facts/attempts.ts";
import { candidateOf } from "../facts/evidence.ts";
import { placeName } from "../facts/place.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { changeText } from "../html/change.ts";
import { type Html, html } from "../html/html.ts";
import { attemptLink, evidenceLinks, scoredScript, scoreLink } from "../html/links.ts";
import { type Section, table } from "./table.ts";

/** The ways in which solutions were combined, against the best single one. */
export function ensemblesSection({ attempts, direction, metric }: RunFacts): Section | null {
  const rounds = attempts.filter(({ stage }) => stage === "ensemble");
  if (rounds.length === 0) return null;
  const single = bestSingle(attempts, direction);
  const rows = rounds.map((round) => {
    const { id, score, seconds, problem, plan, title, weights } = round;
    const script = scoredScript(round);
    return [
      attemptLink(id),
      html`${plan ?? title}${weightsOf(weights)}${script && html`<br>${evidenceLinks(script)}`}`,
      scoreLink(score, script),
      score === null
        ? html`<span class="bad">${problem}</span>`
        : single?.score == null
          ? ""
          : changeText(single.score, score, direction),
      seconds === null ? "" : formatDuration(seconds),
    ];
  });
  const body = html`${single && html`<p>Measured against the best single solution, ${scoreLink(single.score, scoredScript(single))} of ${attemptLink(single.id)} (${single.title}).</p>`}
${table(["Round", "Plan and weights", metric, "Against the best single", "Time"], rows, { label: "Ensembles", words: [1, 3] })}`;
  return { id: "ensembles", name: "Ensembles", title: "Ensembles", body };
}

const weightsOf = (lines: readonly string[]): Html | null =>
  lines.length === 0 ? null : html`<br><code>${lines.join("; ")}</code>`;

function bestSingle(
  attempts: readonly AttemptFact[],
  direction: RunFacts["direction"],
): AttemptFact | undefined {
  const sign = direction === "minimize" ? 1 : -1;
  return attempts
    .filter(({ stage, score }) => stage !== "ensemble" && score !== null)
    .toSorted((a, b) => sign * ((a.score ?? 0) - (b.score ?? 0)))[0];
}

/** The scripts that made the submission, and why one was refused. */
export function submissionsSection({ submissions, best }: RunFacts): Section | null {
  if (submissions.length === 0) return null;
  const body = html`${submissions.map(({ id, kept, reason, scripts }) => {
    const where = placeName(candidateOf(id));
    return html`<p>${kept ? html`<span class="good">Kept:</span>` : html`<span class="bad">Refused:</span>`} the submission ${id.endsWith("/own") ? "by the unchanged script of" : "made from"} ${where}: ${sentence(reason)} ${
      scripts.length === 0
        ? "Its text is that of the scored script, whose files are used."
        : scripts.map(
            (script) =>
              html`${script.outcome}, ${formatDuration(script.seconds)} ${evidenceLinks(script)} `,
          )
    }</p>`;
  })}<p>${best === null ? "There is no submission." : html`What stands: <a href="best/submission.csv">best/submission.csv</a>, by <a href="best/solution.py">best/solution.py</a>.`}</p>`;
  return { id: "submission", name: "Submission", title: "Submission", body };
}
