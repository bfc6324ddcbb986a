import type { Run } from "../src/core/candidate.ts";
import { nearLimit } from "../src/core/outcome.ts";
import {
  type EnsemblePlannerInput,
  type EnsemblerInput,
  isBlended,
  type Judged,
} from "../src/core/questions.ts";
import type { Task } from "../src/core/task.ts";
import { excerpt, oneLine, tail } from "./excerpt.ts";
import { fence, untrusted } from "./fence.ts";
import { metricInWords } from "./task-card.ts";

/** The longest script a prompt shows whole. */
export const SCRIPT_TOKENS = 12_000;
const OUTPUT_TOKENS = 250;

/** A script in a fence, cut to head and tail when it is too long. */
export const script = (text: string, tokens = SCRIPT_TOKENS): string =>
  fence(excerpt(text, tokens), "python");

/** How a candidate did: its score with what is noise beside it, its seconds, and how its output ended. */
export const outcome = (candidate: Outcome, task: Task, outputTokens = OUTPUT_TOKENS): string => {
  const { score, run, measurement } = candidate;
  if (score === null) return "It has no valid score.";
  const error = measurement?.error ?? null;
  const noise =
    error === null
      ? ""
      : ` ± ${Number(error.toPrecision(2))} (standard error: what changes it by less may be chance)`;
  const seconds = run === null ? "" : inTime(run);
  const output = run?.stdout.trim() ?? "";
  const ended =
    output === "" ? "" : ` Its output ended:\n${untrusted("output", tail(output, outputTokens))}`;
  return `Its validation ${metricInWords(task)} is ${Number(score.toPrecision(6))}${noise}${seconds}.${ended}`;
};

function inTime(run: Run): string {
  const near = nearLimit(run);
  const warning = near === null ? "" : `, which is ${near}: what is added has no room`;
  return `, reached in ${Math.round(run.seconds)} seconds${warning}`;
}

type Outcome = Pick<Judged, "score" | "run" | "measurement">;

/** A candidate's title, outcome and script. */
export const solution = (
  candidate: Judged,
  task: Task,
  { tokens = SCRIPT_TOKENS, outputTokens = OUTPUT_TOKENS } = {},
): string =>
  `${oneLine(candidate.title, 200)}. ${outcome(candidate, task, outputTokens)}
${script(candidate.script, tokens)}`;

const MOST_SOLUTIONS = 8;

/** The solutions to combine, numbered: by title and score where their predictions are kept, else with room for the scripts shared between them. */
export function solutionList(input: EnsemblerInput | EnsemblePlannerInput): string {
  const { solutions, task } = input;
  if (isBlended(input))
    return solutions
      .slice(0, MOST_SOLUTIONS)
      .map(
        (one) => `- ${one.id}, ${oneLine(one.title, 200)}. ${outcome({ ...one, run: null }, task)}`,
      )
      .join("\n");
  const shown = solutions.slice(0, MOST_SOLUTIONS);
  const tokens = Math.floor((2 * SCRIPT_TOKENS) / Math.max(2, shown.length));
  return shown
    .map(
      (candidate, index) =>
        `## Solution ${index + 1}\n${solution(candidate, task, { tokens, outputTokens: 60 })}`,
    )
    .join("\n\n");
}
