import { dirname } from "node:path";
import sliceAnsi from "slice-ansi";
import stringWidth from "string-width";
import { isMeasured } from "../core/ground.ts";
import { nearLimit } from "../core/outcome.ts";
import { Place } from "../core/place.ts";
import { command } from "../core/words/command.ts";
import { liveState } from "../record/live-state.ts";
import type { AttemptFact } from "./facts/attempts.ts";
import type { RunFacts } from "./facts/run-facts.ts";
import { formatChange, formatDuration } from "./format.ts";
import {
  headFacts,
  problemInWords,
  progressInWords,
  scoreInWords,
  towardInWords,
} from "./in-words.ts";
import { padded } from "./padded.ts";
import { scoreText } from "./score-in-words.ts";
import { oneLine } from "./visible.ts";

/** A run in a screenful: what came out, how, what failed, and what it cost. */
export function showRun(
  facts: RunFacts,
  { columns, rows }: { columns: number; rows: number },
): string[] {
  const opening = head(facts);
  const closing = closingLines(facts);
  const room = Math.max(5, rows - opening.length - closing.length - 3);
  return [...opening, "", ...attemptLines(facts, room), "", ...closing].map((line) =>
    cut(oneLine(line), columns),
  );
}

const cut = (line: string, columns: number) =>
  stringWidth(line) <= columns ? line : `${sliceAnsi(line, 0, columns - 1)}…`;

const named = (term: string, told: string) => `${term.toLowerCase().padEnd(11)} ${told}`;

function head(facts: RunFacts): string[] {
  const { record, state, metric, folder, totals } = facts;
  const costs =
    totals.calls.calls === 0
      ? ""
      : `; each agent: ${command(`show ${record.runId} --costs`, dirname(folder))}`;
  return [
    `${record.task.name}: ${metric} ${scoreInWords(facts)} (${towardInWords(facts)}, ${progressInWords(facts)})`,
    ...headFacts(facts).map(({ term, told }) => named(term, told)),
    named("Run", `${record.runId}, ${liveState(state, folder)}, in ${folder}`),
    named(
      "Report",
      `report.html there; one attempt: ${command(`show ${record.runId} --attempt ID`, dirname(folder))}${costs}`,
    ),
  ];
}

/** The attempts that fit: the newest give way to those that led, and the rest is counted. */
function attemptLines({ attempts, ledger }: RunFacts, room: number): string[] {
  const shown = fitting(attempts, room - 1);
  const cells = shown.map((attempt) => {
    const { id, title, score, run, parent, origin, problem } = attempt;
    const unmeasured = score !== null && problem !== null ? `not measured: ${problem}` : null;
    const base = ledger.find(parent ?? "")?.score ?? null;
    return [
      markOf(attempt),
      scoreText(score, attempt, ledger.ground),
      score === null || base === null ? "" : formatChange(base, score, ledger.direction),
      run === null ? "" : formatDuration(run.seconds),
      id,
      [
        problemInWords(attempt) ?? title,
        ...[unmeasured, origin, run && nearLimit(run)].flatMap((note) => (note ? `(${note})` : [])),
      ].join(" "),
    ];
  });
  const left = attempts.length - shown.length;
  const note = left > 0 ? [`  … and ${left} more: see the report`] : [];
  const claims = isMeasured(ledger.ground) ? "; a claim is what a script printed" : "";
  const legend = `* new best  + kept  ! failed  x withdrawn; changes are against the candidate it was made from${claims}`;
  return [legend, ...padded(cells), ...note];
}

function markOf({ lead, verdict, withdrawn, score }: AttemptFact): string {
  if (withdrawn !== null) return "x";
  if (lead !== null) return "*";
  return verdict?.kept === true ? "+" : score === null ? "!" : " ";
}

function fitting(attempts: readonly AttemptFact[], room: number): readonly AttemptFact[] {
  if (attempts.length <= room) return attempts;
  const led = attempts.filter(({ lead }) => lead !== null).slice(-(room - 1));
  const others = attempts.filter(({ lead }) => lead === null);
  const chosen = new Set([...led, ...others.slice(0, room - 1 - led.length)]);
  return attempts.filter((attempt) => chosen.has(attempt));
}

const REVIEWS_SHOWN = 5;

/** What a person decided, what failed, and where the time went. */
function closingLines({ reviews, failures, stages }: RunFacts): string[] {
  const decided = reviews
    .slice(-REVIEWS_SHOWN)
    .map(({ at, decision, change }) =>
      [Place.parse(at).words, decision, ...(change === null ? [] : [change])].join(": "),
    );
  const before = reviews.length - decided.length;
  const failed = failures.map(({ cause, failures: members }) => `${cause} ${members.length}`);
  const time = stages
    .filter(({ scripts }) => scripts > 0)
    .map(
      ({ name, scriptSeconds, scripts }) => `${name} ${formatDuration(scriptSeconds)} (${scripts})`,
    );
  return [
    ...decided.map((told, index) => named(index === 0 ? "Reviews" : "", told)),
    ...(before > 0 ? [named("", `… and ${before} before: see the report`)] : []),
    ...(failed.length === 0 ? [] : [named("Failures", failed.join(", "))]),
    named("Scripts", time.join(", ")),
  ];
}
