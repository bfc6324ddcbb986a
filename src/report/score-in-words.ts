import { type Ground, isMeasured } from "../core/ground.ts";
import type { Attempt } from "../record/attempt.ts";
import type { EventOf } from "../record/event.ts";
import { formatScore, withError, withInterval } from "./format.ts";

/** A score with the standard error it was measured with; among measured ones, what a script printed is marked as its claim. */
export function scoreText(
  score: number | null,
  { measurement }: Pick<Attempt, "measurement">,
  ground: Ground | null,
): string {
  if (score !== null && measurement !== null) return withError(score, measurement.error);
  return formatScore(score) + (score !== null && isMeasured(ground) ? " (claim)" : "");
}

/** What a run's score is worth, with what it was measured on: `0.974 (95 %: 0.966 to 0.981), on rows that decided nothing`. */
export function resultInWords(
  { score, measured }: Pick<EventOf<"result">, "score" | "measured">,
  noun = "row",
): string {
  if (measured !== null) return `${withInterval(measured)}, on ${decidedBy(measured.by, noun)}`;
  return score === null ? formatScore(null) : `${formatScore(score)}, ${CLAIMED}`;
}

const [HARDLY, CLEARLY] = [0.55, 0.7];

/** How far a score on rows like those of train is to be trusted for those of test. */
export function apartInWords({ auc, columns }: NonNullable<Ground["apart"]>): string {
  const by = columns.length === 0 ? "" : `, most by ${columns.map(({ name }) => name).join(", ")}`;
  const figure = `(AUC ${auc.toFixed(2)}${by})`;
  if (auc < HARDLY) return `they can hardly be told apart ${figure}`;
  return auc < CLEARLY
    ? `they can be told apart a little ${figure}: the hidden score may differ`
    : `they can be told apart ${figure}: expect the hidden score to differ`;
}

/** What is said of a score that nobody measured. */
export const CLAIMED = "printed by the script, not measured";

const decidedBy = (by: NonNullable<EventOf<"result">["measured"]>["by"], noun: string): string =>
  by === "hold-out" ? `${noun}s that decided nothing` : `validation ${noun}s, which also chose it`;
