import { styleText } from "node:util";
import { Place } from "../../core/place.ts";
import type { EventOf } from "../../record/event.ts";
import type { Ledger } from "../../record/ledger.ts";
import { formatSeconds } from "../../report/format.ts";
import { scoreText } from "../../report/score-in-words.ts";
import { bar } from "./bar.ts";
import type { Branch, RunView } from "./run-view.ts";

const BAR = 10;
const SCORES_SHOWN = 3;

/** One track in four lines: stage and step, what runs, for how long, and its last scores. */
export function drawBranch(branch: Branch, view: RunView, now: number): string[] {
  const { place, last, running, waiting } = branch;
  const within = (at: string) => Place.parse(at.slice(place.text.length + 1)).words;
  const { stage } = Place.parse(last.at);
  const [script, ...others] = [...running, ...waiting];
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  const idle = view.hasEnded(branch)
    ? "finished"
    : `after ${nameOf(last)}, ${since(last, now)} ago`;
  const scores = view.ledger.attempts
    .filter((attempt) => attempt.blend === null && attempt.place.isWithin(place))
    .slice(-SCORES_SHOWN)
    .map((attempt) =>
      attempt.score === null
        ? styleText("red", attempt.withdrawn === null ? "failed" : "withdrawn")
        : scoreText(attempt.score, attempt, view.ledger.ground),
    );
  const title = place.words.replace(/^./, (letter) => letter.toUpperCase());
  const where = [stage === place.text ? "" : stage, within(last.at)].filter(Boolean).join(" › ");
  return [
    `${styleText("bold", title)}  ${styleText("dim", where)}`,
    script === undefined
      ? `  ${styleText("dim", idle)}`
      : `  ${styleText("cyan", "▶")} ${within(script.at)}${more}`,
    script === undefined ? "" : `  ${timing(script, view.ledger, now)}`,
    `  ${scores.length === 0 ? styleText("dim", "no score yet") : `last ${scores.toReversed().join(", ")}`}`,
  ];
}

const nameOf = (event: Branch["last"]) => (event.type === "call" ? event.agent : event.type);

const secondsSince = ({ time }: { time: string }, now: number) =>
  Math.max(0, (now - Date.parse(time)) / 1000);
const since = (event: { time: string }, now: number) => formatSeconds(secondsSince(event, now));

type Started = EventOf<"script-started">;

/** How long it waits; else elapsed of expected with a bar, or of the limit while nothing is known of such scripts. */
function timing(script: Started | EventOf<"script-waiting">, ledger: Ledger, now: number): string {
  const told = since(script, now);
  if (script.type === "script-waiting") return styleText("dim", `waiting for a slot: ${told}`);
  const expected = usualSeconds(ledger, script);
  if (expected === null)
    return `${told} (limit ${formatSeconds(ledger.run?.settings.scriptSeconds ?? 0)})`;
  const elapsed = secondsSince(script, now);
  const tone = elapsed > 2 * expected ? styleText("yellow", told) : told;
  return `${bar(elapsed / Math.max(1, expected), BAR)} ${tone} of about ${formatSeconds(expected)}`;
}

/** The middle of the times of finished scripts of the same purpose; null before the first. */
function usualSeconds({ executions }: Ledger, script: Started): number | null {
  const seconds = executions
    .filter(({ run, purpose }) => run.ok && purpose === script.purpose)
    .map(({ run }) => run.seconds)
    .toSorted((a, b) => a - b);
  return seconds[Math.floor(seconds.length / 2)] ?? null;
}
