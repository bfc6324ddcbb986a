import { type Direction, gain } from "../../core/candidate.ts";
import type { AttemptFact } from "../facts/attempts.ts";
import { formatScore, formatSeconds, withError } from "../format.ts";
import { anchorOf } from "../html/links.ts";
import { problemInWords } from "../in-words.ts";

export type ScoreChart = ReturnType<typeof scoreChart>;
export type Kind = "promoted" | "scored" | "claimed" | "off the scale" | "withdrawn" | "failed";

/** Where every attempt stands in the chart of scores over time; failures lie on its worst edge, what is withdrawn at most on its best. */
export function scoreChart(attempts: readonly AttemptFact[], direction: Direction) {
  const worst = worstDrawn(
    attempts.flatMap(({ score }) => score ?? []),
    direction,
  );
  const end = attempts.at(-1)?.elapsedSeconds ?? 0;
  const [unit, seconds] =
    end < 180 ? ["seconds", 1] : end < 10_800 ? ["minutes", 60] : ["hours", 3600];
  const isMeasured = attempts.some(({ measurement }) => measurement !== null);
  const steps = attempts.flatMap(({ lead, score, elapsedSeconds }) =>
    lead === null || score === null ? [] : [{ time: elapsedSeconds / seconds, score }],
  );
  const best = steps.at(-1)?.score ?? worst;
  return {
    unit,
    points: attempts.map((attempt) => {
      const { id, place, title, earned, withdrawn, elapsedSeconds } = attempt;
      const isFar = earned === null || gain(worst, earned, direction) < 0;
      // A leak prints what is too good to be true: on a scale of its own it would flatten all others.
      const isTooGood = withdrawn !== null && gain(best, earned ?? worst, direction) > 0;
      return {
        /** In the chart's unit. */
        time: elapsedSeconds / seconds,
        /** Where it is drawn: at the edge when its own lies far off the others. */
        score: isFar ? worst : isTooGood ? best : earned,
        kind: kindOf(attempt, isFar, isMeasured),
        label: `${place.words} at ${formatSeconds(elapsedSeconds)}: ${problemInWords(attempt) ?? withErrorOf(attempt)}. ${title}`,
        link: `#${anchorOf("attempt", id)}`,
      };
    }),
    /** The best score from each promotion on, and up to the last attempt. */
    best: steps.length === 0 ? [] : [...steps, { time: end / seconds, score: best }],
  };
}

const withErrorOf = ({ earned, measurement }: AttemptFact) =>
  earned === null || measurement === null
    ? formatScore(earned)
    : withError(earned, measurement.error);

function kindOf(attempt: AttemptFact, isFar: boolean, isMeasured: boolean): Kind {
  const { score, withdrawn, lead, measurement } = attempt;
  if (withdrawn !== null) return "withdrawn";
  if (score === null) return "failed";
  if (lead !== null) return "promoted";
  if (isFar) return "off the scale";
  return isMeasured && measurement === null ? "claimed" : "scored";
}

/** The worst score drawn at its own place: three spreads of the middle half beyond that half's worse end. */
function worstDrawn(scores: readonly number[], direction: Direction): number {
  const sorted = scores.toSorted((a, b) => gain(b, a, direction));
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const quarter = at(0.25);
  const reach = 3 * Math.abs(at(0.75) - quarter);
  return sorted.find((score) => gain(quarter, score, direction) >= -reach) ?? quarter;
}
