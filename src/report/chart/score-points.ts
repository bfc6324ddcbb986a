import { type Direction, gain } from "../../core/candidate.ts";
import { formatScore, formatSeconds } from "../../terminal/format.ts";
import type { AttemptFact } from "../facts/attempts.ts";
import { placeName } from "../facts/place.ts";
import { anchorOf } from "../html/links.ts";

const SECONDS = { seconds: 1, minutes: 60, hours: 3600 };

/** One attempt in the chart. `score` is where it is drawn: at the edge when its own lies far off the others. */
interface ScorePoint {
  /** In the chart's unit. */
  time: number;
  score: number;
  kind: "promoted" | "scored" | "off the scale" | "failed";
  label: string;
  link: string;
}

export interface ScoreChart {
  unit: keyof typeof SECONDS;
  points: ScorePoint[];
  /** The best score from each promotion on, and up to the last attempt. */
  best: { time: number; score: number }[];
}

/** Where every attempt stands in the chart of scores over time; failures lie on its worst edge. */
export function scoreChart(attempts: readonly AttemptFact[], direction: Direction): ScoreChart {
  const scores = attempts.flatMap(({ score }) => score ?? []);
  const edge = worstDrawn(scores, direction);
  const promoted = attempts.filter(({ promotion }) => promotion !== null);
  const end = attempts.at(-1)?.elapsedSeconds ?? 0;
  const unit = end < 180 ? "seconds" : end < 10_800 ? "minutes" : "hours";
  const timeOf = (seconds: number) => seconds / SECONDS[unit];
  const steps = promoted.flatMap(({ score, elapsedSeconds }) =>
    score === null ? [] : [{ time: timeOf(elapsedSeconds), score }],
  );
  const last = steps.at(-1);
  return {
    unit,
    points: attempts.map((attempt) => ({
      time: timeOf(attempt.elapsedSeconds),
      ...pointOf(attempt, edge, direction),
    })),
    best: last === undefined ? [] : [...steps, { time: timeOf(end), score: last.score }],
  };
}

function pointOf(
  attempt: AttemptFact,
  edge: number,
  direction: Direction,
): Omit<ScorePoint, "time"> {
  const { id, title, score, promotion, elapsedSeconds, problem } = attempt;
  const tells = score === null ? `failed: ${problem ?? "no score"}` : formatScore(score);
  const kind = kindOf(score, promotion !== null, edge, direction);
  return {
    score: score === null || kind === "off the scale" ? edge : score,
    kind,
    label: `${placeName(id)} at ${formatSeconds(elapsedSeconds)}: ${tells}. ${title}`,
    link: `#${anchorOf("attempt", id)}`,
  };
}

function kindOf(score: number | null, promoted: boolean, edge: number, direction: Direction) {
  if (score === null) return "failed";
  if (promoted) return "promoted";
  return gain(edge, score, direction) < 0 ? "off the scale" : "scored";
}

/** The worst score drawn at its own place: three spreads of the middle half beyond that half's worse end. */
function worstDrawn(scores: readonly number[], direction: Direction): number {
  const sorted = scores.toSorted((a, b) => gain(b, a, direction));
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const quarter = at(0.25);
  const reach = 3 * Math.abs(at(0.75) - quarter);
  const limit = direction === "minimize" ? quarter + reach : quarter - reach;
  return sorted.find((score) => gain(limit, score, direction) >= 0) ?? quarter;
}
