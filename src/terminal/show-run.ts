import sliceAnsi from "slice-ansi";
import stringWidth from "string-width";
import type { AttemptFact } from "../report/facts/attempts.ts";
import { placeName } from "../report/facts/place.ts";
import { type RunFacts, refusals } from "../report/facts/run-facts.ts";
import {
  comparedWithFirst,
  formatChange,
  formatDuration,
  formatScore,
  formatSpan,
} from "./format.ts";
import { padded } from "./padded.ts";
import { callsInWords } from "./show-costs.ts";
import { leakageInWords, validationInWords } from "./validation-in-words.ts";
import { oneLine } from "./visible.ts";

/** A run in a screenful: what came out, how, what failed, and what it cost. */
export function showRun(
  facts: RunFacts,
  { columns, rows, folder }: { columns: number; rows: number; folder: string },
): string[] {
  const opening = head(facts, folder);
  const closing = [...reviews(facts), ...failures(facts), ...costs(facts)];
  const room = Math.max(5, rows - opening.length - closing.length - 3);
  return [...opening, "", ...attemptLines(facts, room), "", ...closing].map((line) =>
    cut(oneLine(line), columns),
  );
}

const cut = (line: string, columns: number) =>
  stringWidth(line) <= columns ? line : `${sliceAnsi(line, 0, columns - 1)}…`;

function head(facts: RunFacts, folder: string): string[] {
  const { record, state, metric, direction, best, bestRun, firstScore, seconds, attempts } = facts;
  const score = best?.score ?? null;
  const toward = direction === "minimize" ? "lower" : "higher";
  const change =
    score === null || firstScore === null
      ? ""
      : `, ${comparedWithFirst(firstScore, score, direction)}`;
  const failed = attempts.filter((attempt) => attempt.score === null).length;
  const check =
    bestRun?.submission?.valid === true ? "valid" : (bestRun?.submission?.problem ?? "none");
  return [
    `${record.task.name}: ${metric} ${formatScore(score)} (${toward} is better${change})`,
    `run ${record.runId}, ${state} after ${formatSpan(seconds)}: ${attempts.length} candidates (${failed} failed), ${facts.scripts.length} scripts, model ${record.model}`,
    ...(record.fork === null
      ? []
      : [
          `fork of     ${record.fork.runId}, from ${placeName(record.fork.from)} on: ${record.fork.change}`,
        ]),
    ...(facts.leftOut.steps.length === 0
      ? []
      : [
          `left out    ${facts.leftOut.steps.map(placeName).join("; ")}`,
          `because of  ${facts.leftOut.reason}`,
        ]),
    ...(facts.problem === null || state !== "failed" ? [] : [`problem     ${facts.problem}`]),
    `solution    ${best === null ? "none" : `${placeName(facts.bestAttempt?.id ?? best.id)}: ${best.title}`}`,
    ...(best === null
      ? []
      : [`validation  ${validationInWords(facts)}`, `leakage     ${leakageInWords(facts)}`]),
    `submission  ${best === null ? "none" : `${folder}/best/submission.csv, ${check}`}`,
    ...refusals(facts).map((reason) => `refused     ${reason}`),
    `report      ${folder}/report.html; one attempt: mle-star show ${record.runId} --attempt ID`,
  ];
}

/** The attempts that fit: the newest give way to promotions, and the rest is counted. */
function attemptLines({ attempts, direction }: RunFacts, room: number): string[] {
  const scores = new Map(attempts.map(({ id, score }) => [id, score]));
  const shown = fitting(attempts, room - 1);
  const cells = shown.map((attempt) => {
    const { id, title, score, seconds, parent, problem, promotion, decision } = attempt;
    const base = parent === null ? null : (scores.get(parent) ?? null);
    return [
      promotion !== null ? "*" : decision?.kept === true ? "+" : score === null ? "!" : " ",
      formatScore(score),
      score === null || base === null ? "" : formatChange(base, score, direction),
      seconds === null ? "" : formatDuration(seconds),
      id,
      problem ?? title,
    ];
  });
  const left = attempts.length - shown.length;
  const note = left > 0 ? [`  … and ${left} more: see the report`] : [];
  const legend = "* new best  + kept  ! failed; changes are against the candidate it was made from";
  return [legend, ...padded(cells), ...note];
}

function fitting(attempts: readonly AttemptFact[], room: number): readonly AttemptFact[] {
  if (attempts.length <= room) return attempts;
  const promoted = attempts.filter(({ promotion }) => promotion !== null).slice(-(room - 1));
  const others = attempts.filter(({ promotion }) => promotion === null);
  const chosen = new Set([...promoted, ...others.slice(0, room - 1 - promoted.length)]);
  return attempts.filter((attempt) => chosen.has(attempt));
}

const REVIEWS_SHOWN = 5;

function reviews({ reviews: all }: RunFacts): string[] {
  const lines = all.slice(-REVIEWS_SHOWN).map(({ at, decision, change }, index) => {
    const head = index === 0 ? "reviews     " : "            ";
    return `${head}${placeName(at)}: ${decision}${change === null ? "" : `: ${change}`}`;
  });
  const left = all.length - lines.length;
  return left > 0 ? [...lines, `            … and ${left} before: see the report`] : lines;
}

const failures = ({ failures: groups }: RunFacts) =>
  groups.length === 0
    ? []
    : [
        `failures    ${groups.map(({ cause, failures: members }) => `${cause} ${members.length}`).join(", ")}`,
      ];

function costs({ stages, calls, record }: RunFacts): string[] {
  const time = stages
    .filter(({ scripts }) => scripts > 0)
    .map(
      ({ name, scripts, scriptSeconds }) => `${name} ${formatDuration(scriptSeconds)} (${scripts})`,
    );
  return [
    `scripts     ${time.join(", ")}`,
    `spent       ${callsInWords(calls)}${calls.inputTokens === null ? "" : `; each agent: mle-star show ${record.runId} --costs`}`,
  ];
}
