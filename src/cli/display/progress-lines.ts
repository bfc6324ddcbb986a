import { gain } from "../../core/candidate.ts";
import { Place } from "../../core/place.ts";
import { MOVE_WORDS } from "../../core/words/moves.ts";
import { type Attempt, compareAttempts, hasSubmission } from "../../record/attempt.ts";
import type { RecordedEvent } from "../../record/event.ts";
import type { Ledger } from "../../record/ledger.ts";
import { DECISIONS } from "../../report/facts/reviews.ts";
import { formatScore, formatSeconds } from "../../report/format.ts";
import { scoreText } from "../../report/score-in-words.ts";
import { oneLine } from "../../report/visible.ts";

/** Has the ledger take in each event of a run, and says what it means in plain lines; most events need none. */
export function progressLines(ledger: Ledger): (event: RecordedEvent) => string[] {
  const known = new Set<Attempt>();
  return (event) => {
    const { best } = ledger;
    // What it takes in may take the best back.
    const before = best === null ? null : { ...best };
    ledger.take(event);
    const withdrawn = ledger.attempts.filter((one) => one.withdrawn !== null && !known.has(one));
    for (const attempt of withdrawn) known.add(attempt);
    // Another run has told it already.
    if (event.sharedFrom !== null) return [];
    const told = [
      placed(Place.parse(event.at), inWords(event, ledger, before)),
      ...withdrawn.map((one) => placed(one.place, `its score does not count: ${one.withdrawn}`)),
      best !== null && best.withdrawn !== null ? bestNow(ledger) : null,
    ];
    const time = formatSeconds(ledger.secondsWorked);
    return told.flatMap((line) => (line === null ? [] : [`[${time}] ${oneLine(line)}`]));
  };
}

const placed = ({ words }: Place, told: string | null) =>
  told === null || words === "" ? told : `${words}: ${told}`;

const bestNow = ({ best, ground }: Ledger) =>
  best === null
    ? "no score counts now"
    : `best is now ${scoreText(best.score, best, ground)}, by ${best.place.words}`;

/** What happened at the event's place; null when it is not worth a line. */
function inWords(event: RecordedEvent, ledger: Ledger, best: Attempt | null): string | null {
  switch (event.type) {
    case "run":
      return `${event.task}: run ${event.runId}, ${event.model}`;
    case "task":
      return `metric: ${event.metric}, ${event.direction === "minimize" ? "lower" : "higher"} is better`;
    case "stage":
      return event.stage;
    case "models":
      return event.models.map(({ name }) => name).join(", ");
    case "script": {
      const { outcome, seconds, origin } = event.run;
      if (event.purpose === "exploration" && event.run.ok)
        return `explored the data: ${firstLines(event.run.stdout)}`;
      if (outcome !== "ok") return `script ${outcome} after ${seconds.toFixed(1)} s`;
      return origin === "cache" ? "the script's result is known from an earlier run" : null;
    }
    case "leakage":
      return `leakage ${event.correction === null ? "found" : "corrected"}: ${event.explanation}`;
    case "ablation":
      return `ablation: ${(event.summary.trim().split("\n")[0] ?? "").slice(0, 160)}`;
    case "candidate": {
      const { score, title, problem } = event;
      if (score === null) return `${title}: failed: ${problem ?? ""}`;
      const attempt = ledger.candidate(event.at);
      const time = attempt.run === null ? "" : `, ${attempt.run.seconds.toFixed(1)} s`;
      const told = scoreText(score, attempt, ledger.ground);
      return `${title}: ${told} (${compared(attempt, best, ledger)}${time})`;
    }
    case "blend": {
      // There is one after almost every attempt.
      const blend = ledger.find(event.at);
      const leads = blend !== null && ledger.best === blend;
      if (!leads || (best !== null && compareAttempts(blend, best, ledger.direction) >= 0))
        return null;
      const told = scoreText(blend.score, blend, ledger.ground);
      return `${blend.title}: ${told} (${compared(blend, best, ledger)})`;
    }
    case "measurement":
      return event.problem === null ? null : `it cannot be measured: ${event.problem}`;
    case "alarm":
      // What is proven is told with what it withdraws.
      return event.withdraws ? null : `alarm: ${event.sentence}`;
    case "decision":
      if (event.subject === "check") return null;
      return event.kept && event.subject !== "refinement"
        ? null
        : `${event.kept ? "kept" : "not kept"}: ${event.reason}`;
    case "lap":
      return `next: ${MOVE_WORDS[event.move]}${event.about === null ? "" : ` (${event.about})`}: ${event.reason}`;
    case "submission":
      return `${event.kept ? "submitted" : "not submitted"}: ${event.reason}`;
    case "review":
      return DECISIONS[event.answer.type];
    case "call":
      return event.problem;
    case "left-out":
      return `left out: ${event.reason}`;
    case "report":
      return event.problem === null ? null : `no report: ${event.problem}`;
    default:
      return null;
  }
}

const firstLines = (text: string) => {
  const lines = text.trim().split("\n");
  return `${lines.slice(0, 2).join("; ").slice(0, 140)} (${lines.length} lines)`;
};

/** What a new score is beside the best before it. */
function compared(attempt: Attempt, best: Attempt | null, { direction }: Ledger): string {
  if (attempt.score === null) return "does not count";
  if (!hasSubmission(attempt)) return "without a valid submission";
  if (best?.score == null) return "first score";
  const order = compareAttempts(attempt, best, direction);
  if (order === 0) return "as good as the best";
  const isAlike = (attempt.measurement === null) === (best.measurement === null);
  if (order < 0 && isAlike && gain(best.score, attempt.score, direction) < 0)
    return `ahead of ${formatScore(best.score)}, the luck of the best of many taken off`;
  if (order < 0) return isAlike ? `better than ${formatScore(best.score)}` : "the first measured";
  return `best is ${formatScore(best.score)}`;
}
