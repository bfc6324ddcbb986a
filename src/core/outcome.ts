import type { Run, RunPurpose } from "./candidate.ts";
import { isPossible, rangeOf, type Scored } from "./metric.ts";
import { parseScore, SCORE_MARKER } from "./score.ts";

const OUTCOMES: Record<Exclude<Run["outcome"], "ok">, string> = {
  error: "the script failed",
  timeout: "the script was stopped at its time limit",
  memory: "the script was stopped at its memory limit",
  "output-limit": "the script was stopped because it printed too much",
  "disk-limit": "the script was stopped because it wrote too much",
  aborted: "the script was stopped with its run",
};

/** These have no score of their own. */
const UNSCORED: ReadonlySet<RunPurpose> = new Set(["ablation", "proof", "exploration"]);

/** The score a run claims: none unless it ended well, and none that its metric cannot have. */
export function scoreOf(run: Run, purpose: RunPurpose, scored: Scored | null): number | null {
  const score = run.ok && !UNSCORED.has(purpose) ? parseScore(run.stdout) : null;
  return score === null || scored === null || isPossible(scored, score) ? score : null;
}

/**
 * What is wrong with a run, for a debugger to mend: one sentence, then the error output; null when all is well. Where its
 * score is measured, or it has none, it need not print one.
 */
export function problemOf(run: Run, purpose: RunPurpose, scored: Scored | null): string | null {
  if (!run.ok || run.outcome !== "ok") {
    const outcome = run.outcome === "ok" ? "error" : run.outcome;
    const cpu = run.cpuSeconds == null ? "" : `${run.cpuSeconds.toFixed(1)} s of CPU time, `;
    return `${OUTCOMES[outcome]} after ${run.seconds.toFixed(1)} s (${cpu}exit code ${run.exitCode ?? "none"})\n${run.stderr}`.trim();
  }
  if (UNSCORED.has(purpose)) return null;
  const score = parseScore(run.stdout);
  if (scored !== null && score === null)
    return `the script ended well but its last "${SCORE_MARKER} <number>" line is absent or holds no finite number`;
  if (scored !== null && score !== null && !isPossible(scored, score))
    return `the script ended well but printed a score of ${score}, and ${scored.metric} goes from ${rangeOf(scored).join(" to ")}`;
  if (run.submission === null) return "the script left no ./final/submission.csv";
  return run.submission.problem;
}

const NEAR = 0.95;

/** How much of its time limit a script used that ended only just within it, in words; null where it had room. */
export const nearLimit = ({ ok, limitShare }: Run): string | null =>
  ok && limitShare != null && limitShare >= NEAR
    ? `${Math.floor(100 * limitShare)} % of its time limit`
    : null;

/** The last line of a problem that says something: a Python error's own message, for lists and tables. */
export function inShort(problem: string): string {
  const lines = problem.trim().split("\n");
  const last = lines.at(-1)?.trim() ?? "";
  return (
    lines.length > 1 && /^[\w.]*(Error|Exception|Warning|Interrupt|Exit)\b/.test(last)
      ? last
      : (lines[0] ?? "")
  ).slice(0, 300);
}
