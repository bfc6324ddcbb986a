import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createTwoFilesPatch } from "diff";
import type { Measurement } from "../core/measurement.ts";
import { nearLimit } from "../core/outcome.ts";
import { Place } from "../core/place.ts";
import type { AttemptFact, Script } from "./facts/attempts.ts";
import type { RunFacts } from "./facts/run-facts.ts";
import { formatChange, formatDuration, formatScore, rounded, withInterval } from "./format.ts";
import { problemInWords } from "./in-words.ts";
import { scoreText } from "./score-in-words.ts";
import { visible } from "./visible.ts";

/** One attempt with all it left: plan, diff, result, output and script; null when the run has none of this name. */
export function showAttempt(facts: RunFacts, id: string): string | null {
  const all = [...facts.attempts, ...facts.quietBlends];
  const attempt = all.find((one) => one.id === id) ?? null;
  const script = facts.scripts.find((one) => one.id === (attempt?.run?.id ?? id)) ?? null;
  if (attempt === null && script === null) return null;
  const read = (name: string) => {
    const path = join(facts.folder, "attempts", script?.id ?? id, name);
    return existsSync(path) ? readFileSync(path, "utf8") : null;
  };
  const parts: [string, string | null][] = [
    ["Plan", attempt?.plan ?? null],
    ["Outcome", outcome(attempt, script, facts)],
    ["Diff", attempt === null ? null : diffOf(attempt, facts)],
    ["Output", read("stdout.txt")],
    ["Errors", read("stderr.txt")],
    ["Script", attempt?.script ?? read("solution.py")],
  ];
  const { words } = Place.parse(id);
  const lines = [
    attempt === null ? words : `${words}: ${attempt.title}`,
    ...parts.flatMap(([name, text]) =>
      text === null || text.trim() === "" ? [] : [`\n== ${name} ==`, text.trimEnd()],
    ),
  ];
  return visible(lines.join("\n"));
}

function outcome(
  attempt: AttemptFact | null,
  script: Script | null,
  { ledger, metric, alarms }: RunFacts,
): string {
  const lines: string[] = [];
  if (attempt !== null) {
    const { score, parent, lead, verdict, leakage, origin, measurement, gained, claim } = attempt;
    const { problem } = attempt;
    const base = ledger.find(parent ?? "")?.score ?? null;
    lines.push(
      problemInWords(attempt) ?? `${metric} ${scoreText(score, attempt, ledger.ground)}`,
      ...(measurement === null ? [] : [`measured: ${measurementInWords(measurement)}`]),
      ...(measurement === null || claim === null ? [] : [`it printed ${formatScore(claim)}`]),
      ...(score === null || problem === null ? [] : [`not measured: ${problem}`]),
    );
    if (score !== null && base !== null)
      lines.push(
        `${formatChange(base, score, ledger.direction)} than ${parent}${gained === null ? "" : `, standard error ${rounded(gained.error, 2)}`}`,
      );
    for (const { runId, name, weight } of attempt.blend ?? [])
      lines.push(
        `member: ${[runId, name].filter(Boolean).join(" ")}, weight ${rounded(weight, 3)}`,
      );
    for (const note of ledger.measured(attempt.run?.id ?? "")?.notes ?? [])
      lines.push(`not blended: ${note}`);
    for (const { attempt: about, sentence, withdraws } of alarms)
      if (about === attempt) lines.push(`${withdraws ? "proven" : "alarm"}: ${sentence}`);
    if (lead !== null) lines.push("became the run's best");
    if (verdict !== null) lines.push(`${verdict.kept ? "kept" : "not kept"}: ${verdict.reason}`);
    if (leakage !== null) lines.push(`leakage: ${leakage.explanation}`);
    if (origin !== null) lines.push(origin);
  }
  if (script !== null) {
    const { outcome: end, seconds, cpuSeconds, submission } = script.run;
    const cpu = cpuSeconds == null ? "" : `, ${formatDuration(cpuSeconds)} of CPU time`;
    const near = nearLimit(script.run);
    lines.push(
      `script: ${end} after ${formatDuration(seconds)}${cpu}${near === null ? "" : `: ${near}`}`,
    );
    if (submission) lines.push(`submission: ${submission.valid ? "valid" : submission.problem}`);
  }
  const others = (attempt?.scripts ?? []).filter((one) => one !== script);
  return [...lines, ...others.map(({ id, run }) => `before it: ${id}, ${run.outcome}`)].join("\n");
}

const measurementInWords = ({ score, interval, folds }: Measurement) =>
  `${withInterval({ score, interval })}; folds ${folds.map(formatScore).join(", ")}`;

/** Against the script it was made from. */
function diffOf({ id, parent, script }: AttemptFact, { ledger }: RunFacts): string | null {
  const before = ledger.find(parent ?? "");
  if (before === null) return null;
  return createTwoFilesPatch(before.id, id, before.script, script).split("\n").slice(1).join("\n");
}
