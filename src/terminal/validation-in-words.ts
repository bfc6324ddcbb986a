import type { RunFacts } from "../report/facts/run-facts.ts";
import { formatDeviation, formatScore } from "./format.ts";

/** How the score was measured, in a line: the spread over folds where the script told it, and the checks. */
export function validationInWords({
  validation: { folds },
  leakageChecks,
  attempts,
  record,
}: RunFacts): string {
  const leaks = attempts.filter(({ leakage }) => leakage !== null).length;
  const spread =
    folds === null
      ? "on held-out rows"
      : `${folds.scores.length} folds from ${formatScore(Math.min(...folds.scores))} to ${formatScore(Math.max(...folds.scores))}, ${formatDeviation(folds.deviation)}`;
  const scored = attempts.filter(({ score }) => score !== null).length;
  const checks = record.settings.leakageCheck
    ? `${leakageChecks} scripts checked for leakage, ${leaks === 0 ? "none leaked" : `${leaks} leaked`}`
    : "leakage check switched off";
  return `${spread}; the best of ${scored} scored; ${checks}`;
}
