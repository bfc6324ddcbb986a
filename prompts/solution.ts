import type { Candidate } from "../src/core/candidate.ts";
import type { EnsemblerInput } from "../src/core/questions.ts";
import type { Task } from "../src/core/task.ts";
import { excerpt, oneLine } from "./excerpt.ts";
import { fence } from "./fence.ts";
import { metricInWords } from "./task-card.ts";

/** The longest script a prompt shows whole. */
export const SCRIPT_TOKENS = 12_000;

/** A script in a fence, cut to head and tail when it is too long. */
export const script = (text: string, tokens = SCRIPT_TOKENS): string =>
  fence(excerpt(text, tokens), "python");

/** How a candidate did, in one line. */
export const outcome = ({ score, run }: Pick<Candidate, "score" | "run">, task: Task): string =>
  score === null
    ? "It has no valid score."
    : `Its validation ${metricInWords(task)} is ${score}${
        run === null ? "" : `, reached in ${Math.round(run.seconds)} seconds`
      }.`;

/** A candidate's title, outcome and script. */
export const solution = (candidate: Candidate, task: Task, tokens = SCRIPT_TOKENS): string =>
  `${oneLine(candidate.title, 200)}. ${outcome(candidate, task)}
${script(candidate.script, tokens)}`;

const MOST_SOLUTIONS = 8;

/** The solutions to combine, numbered, with room for the scripts shared between them. */
export function solutionList({
  solutions,
  task,
}: Pick<EnsemblerInput, "solutions" | "task">): string {
  const shown = solutions.slice(0, MOST_SOLUTIONS);
  const tokens = Math.floor((2 * SCRIPT_TOKENS) / Math.max(2, shown.length));
  return shown
    .map((candidate, index) => `## Solution ${index + 1}\n${solution(candidate, task, tokens)}`)
    .join("\n\n");
}
