import type { Task } from "../src/core/task.ts";
import type { TriedPlan } from "../src/core/tried-plan.ts";
import { excerpt, oneLine } from "./excerpt.ts";
import { metricInWords } from "./task-card.ts";

const MOST_ATTEMPTS = 20;
const PLAN_TOKENS = 250;

function ending({ score, gain, seconds, problem }: TriedPlan): string {
  const time = seconds === null ? "" : ` after ${Math.round(seconds)} seconds`;
  if (score === null) return `failed${time}: ${oneLine(problem ?? "no score", 300)}`;
  if (gain === null) return `score ${score}${time}`;
  const change = `${gain > 0 ? "better" : "worse"} by ${Math.abs(gain).toPrecision(3)}`;
  return `score ${score}, ${gain === 0 ? "no change" : change}${time}`;
}

/** The plans tried so far with how each ended, the oldest left out when there are very many. */
export function attemptList(attempts: readonly TriedPlan[], task: Task): string {
  if (attempts.length === 0) return "None yet.";
  const recent = attempts.slice(-MOST_ATTEMPTS);
  const lines = recent.map(
    (attempt, index) =>
      `${attempts.length - recent.length + index + 1}. ${excerpt(attempt.plan.trim(), PLAN_TOKENS)}
   Outcome: ${ending(attempt)}`,
  );
  return `Scores are ${metricInWords(task)}.\n${lines.join("\n")}`;
}
