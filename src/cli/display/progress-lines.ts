import { gain } from "../../core/candidate.ts";
import { Place } from "../../core/place.ts";
import { type Attempt, hasSubmission } from "../../record/attempt.ts";
import type { RecordedEvent } from "../../record/event.ts";
import type { Ledger } from "../../record/ledger.ts";
import { DECISIONS } from "../../report/facts/reviews.ts";
import { formatScore, formatSeconds } from "../../report/format.ts";
import { oneLine } from "../../report/visible.ts";

/** Has the ledger take in each event of a run, and says what it means in plain lines; most events need none. */
export function progressLines(ledger: Ledger): (event: RecordedEvent) => string[] {
  const known = new Set<Attempt>();
  return (event) => {
    const { best } = ledger;
    const before = best?.score ?? null;
    ledger.take(event);
    const withdrawn = ledger.attempts.filter((one) => one.withdrawn !== null && !known.has(one));
    for (const attempt of withdrawn) known.add(attempt);
    // Another run has told it already.
    if (event.sharedFrom !== null) return [];
    const told = [
      placed(Place.parse(event.at), inWords(event, ledger, before)),
      ...withdrawn.map((one) => placed(one.place, `its score does not count: ${one.withdrawn}`)),
      best !== null && best.withdrawn !== null ? bestNow(ledger.best) : null,
    ];
    const time = formatSeconds(ledger.secondsWorked);
    return told.flatMap((line) => (line === null ? [] : [`[${time}] ${oneLine(line)}`]));
  };
}

const placed = ({ words }: Place, told: string | null) =>
  told === null || words === "" ? told : `${words}: ${told}`;

const bestNow = (best: Attempt | null) =>
  best === null
    ? "no score counts now"
    : `best is now ${formatScore(best.score)}, by ${best.place.words}`;

/** What happened at the event's place; null when it is not worth a line. */
function inWords(event: RecordedEvent, ledger: Ledger, best: number | null): string | null {
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
      return `${title}: ${formatScore(score)} (${compared(attempt, best, ledger)}${time})`;
    }
    case "decision":
      return event.kept && event.subject !== "refinement"
        ? null
        : `${event.kept ? "kept" : "not kept"}: ${event.reason}`;
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

/** What a new score is beside the best before it. */
function compared(attempt: Attempt, best: number | null, { direction }: Ledger): string {
  if (attempt.score === null) return "does not count";
  if (!hasSubmission(attempt)) return "without a valid submission";
  if (best === null) return "first score";
  const gained = gain(best, attempt.score, direction);
  if (gained > 0) return `better than ${formatScore(best)}`;
  return gained === 0 ? "as good as the best" : `best is ${formatScore(best)}`;
}
