import { parse } from "yaml";
import { z } from "zod";
import { SettingsError } from "../core/errors.ts";
import { checkAnswer } from "../core/review.ts";
import type { AskPerson } from "../run/pending.ts";
import { readFlagFile } from "./flag-file.ts";

const Content = z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]);

/**
 * Answers from a file, JSON or YAML: by place (`track-1/models: {type: accept}`), or one alone for whatever is asked. They
 * are given once; what the run asks after that goes to `next`.
 */
export function answersFromFile(path: string, next: AskPerson | undefined): AskPerson {
  const content = readFlagFile(
    "--answer",
    path,
    (text) => Content.parse(parse(text)),
    "it must be JSON or YAML, an answer by the place of each question; see questions.json in the run's folder",
  );
  let given = false;
  return async (questions, signal) => {
    if (given) return next === undefined ? null : next(questions, signal);
    given = true;
    const alone = Array.isArray(content) || "type" in content;
    const answers = alone ? Object.fromEntries(questions.map(({ id }) => [id, content])) : content;
    for (const { id, at, config } of questions) {
      const answer = answers[at] ?? answers[id];
      if (answer === undefined) continue;
      const checked = checkAnswer({ config }, answer);
      if ("complaint" in checked) throw new SettingsError(`${path}: ${at}: ${checked.complaint}`);
    }
    return answers;
  };
}
