import { Place } from "../../core/place.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { formatScore, rounded } from "../format.ts";
import { html, type Section } from "../html/html.ts";
import { attemptLink } from "../html/links.ts";
import { table } from "../html/table.ts";
import { scoreText } from "../score-in-words.ts";

/** What each member brings to the blend that is the best; null where that is one script's work. */
export function blendSection({ blended, bestAttempt, ledger, metric }: RunFacts): Section | null {
  if (blended === null || bestAttempt === null) return null;
  const { gained, score } = bestAttempt;
  const rows = blended.map(({ runId, name, weight, attempt, score: alone }) => [
    html`${attempt === null ? Place.parse(runId).words : attemptLink(attempt.id)}${name !== "" && ` (${name})`}`,
    attempt?.title ?? "",
    rounded(weight, 3),
    name === "" && attempt !== null
      ? scoreText(attempt.score, attempt, ledger.ground)
      : formatScore(alone),
  ]);
  const over =
    gained === null
      ? ""
      : `, better than the best of them by ${rounded(gained.gain, 3)} ± ${rounded(gained.error, 2)} on the same rows`;
  const body = html`<p>Their predictions are joined by weights, without training: ${metric} ${scoreText(score, bestAttempt, ledger.ground)}${over}. The weights that it was scored with never saw the rows they were scored on.</p>
${table(["Member", "what it is", "weight", `its own ${metric}`], rows, { label: "Members of the blend", words: [1] })}`;
  return { id: "blend", name: "Blend", title: "What is blended", body };
}
