import type { RunFacts } from "../report/facts/run-facts.ts";
import { formatDeviation, formatScore } from "./format.ts";

/** How the score was measured, in a line: the spread over folds where the script told it, and out of how many it was chosen. */
export function validationInWords({ validation: { folds }, attempts }: RunFacts): string {
  const spread =
    folds === null
      ? "on held-out rows"
      : `${folds.scores.length} folds from ${formatScore(Math.min(...folds.scores))} to ${formatScore(Math.max(...folds.scores))}, ${formatDeviation(folds.deviation)}`;
  const scored = attempts.filter(({ score }) => score !== null).length;
  return `${spread}; the best of ${scored} scored`;
}

/** What the checks for leakage came to, in a line. */
export function leakageInWords({ leakageChecks, attempts, record }: RunFacts): string {
  if (!record.settings.leakageCheck) return "leakage check switched off";
  const leaks = attempts.filter(({ leakage }) => leakage !== null).length;
  return `${leakageChecks} scripts checked for leakage, ${leaks === 0 ? "none leaked" : `${leaks} leaked`}`;
}
