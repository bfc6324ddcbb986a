import { type Direction, gain } from "../core/candidate.ts";
import { type RecordedEvent, secondsWorked } from "../core/run-event.ts";
import { decisionOf } from "../report/facts/reviews.ts";
import { formatScore, formatSeconds } from "./format.ts";
import { oneLine } from "./visible.ts";

const placeOf = (at: string) => at.replaceAll("-", " ").replaceAll("/", " › ");

/** Says each event of a run in one plain line, or not at all; remembers the best score to tell what a new one means. */
export function progressLines(): (event: RecordedEvent) => string | null {
  let previous: RecordedEvent | null = null;
  let seconds = 0;
  let direction: Direction = "minimize";
  let best: number | null = null;

  const compared = (score: number) => {
    if (best === null) return "first score";
    const gained = gain(best, score, direction);
    if (gained > 0) return `better than ${formatScore(best)}`;
    return gained === 0 ? "as good as the best" : `best is ${formatScore(best)}`;
  };

  const say = (event: RecordedEvent): string | null => {
    switch (event.type) {
      case "run":
        return `${event.task}: run ${event.runId}, ${event.model}`;
      case "task":
        direction = event.direction;
        return `metric: ${event.metric}, ${direction === "minimize" ? "lower" : "higher"} is better`;
      case "stage":
        return `${placeOf(event.at)}: ${event.stage}`;
      case "models":
        return `${placeOf(event.at)}: ${event.models.map(({ name }) => name).join(", ")}`;
      case "script":
        return event.outcome === "ok"
          ? null
          : `${placeOf(event.at)}: script ${event.outcome} after ${event.seconds.toFixed(1)} s`;
      case "leakage":
        return `${placeOf(event.at)}: leakage ${event.fixed ? "corrected" : "found"}: ${event.explanation}`;
      case "ablation":
        return `${placeOf(event.at)}: ablation: ${firstLine(event.summary)}`;
      case "candidate": {
        const { score, seconds, title, problem } = event;
        if (score === null) return `${placeOf(event.at)}: ${title}: failed: ${problem ?? ""}`;
        const time = seconds === null ? "" : `, ${seconds.toFixed(1)} s`;
        const line = `${placeOf(event.at)}: ${title}: ${formatScore(score)} (${compared(score)}${time})`;
        best = best === null || gain(best, score, direction) > 0 ? score : best;
        return line;
      }
      case "decision":
        return event.subject === "submission" && !event.kept
          ? `${placeOf(event.at)}: not submitted: ${event.reason}`
          : null;
      case "review":
        return event.sharedFrom === null
          ? `${placeOf(event.at)}: ${decisionOf(event.answer)}`
          : null;
      case "agent":
        return event.problem === null ? null : `${placeOf(event.at)}: ${event.problem}`;
      case "left-out":
        return `${placeOf(event.at)}: left out: ${event.reason}`;
      case "report":
        return event.problem === null ? null : `no report: ${event.problem}`;
      case "opened":
      case "closed":
      case "script-started":
      case "promotion":
      case "result":
        return null;
    }
  };

  return (event) => {
    seconds += previous === null ? 0 : secondsWorked([previous, event]);
    previous = event;
    const line = say(event);
    return line === null ? null : `[${formatSeconds(seconds)}] ${oneLine(line)}`;
  };
}

const firstLine = (text: string) => (text.trim().split("\n")[0] ?? "").slice(0, 160);
