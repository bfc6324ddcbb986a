import type { Ask } from "../core/ports.ts";
import type { LanguageModel } from "./language/language-model.ts";

const HEADING = "\n# What is left of the run\n";

/** The question as it was before it was told what is left. */
export const withoutRemaining = (question: string): string =>
  question.replace(new RegExp(`${HEADING}.*\n`), "");

/**
 * The language model, told at the end of every question what is left of the run; nothing is added where that is null. It
 * belongs below the journal: what is left changes by the minute, and a resumed run must find its answers by the question.
 */
export function withRemaining(
  language: LanguageModel,
  remaining: () => string | null,
): LanguageModel {
  const questions = new WeakMap<Ask, Ask>();
  const told = <Question extends Ask>(ask: Question): Question => {
    const sentence = remaining();
    if (sentence === null) return ask;
    const question = { ...ask, prompt: `${ask.prompt}${HEADING}${sentence}\n` };
    questions.set(ask, question);
    return question;
  };
  return {
    text: (ask) => language.text(told(ask)),
    data: (ask) => language.data(told(ask)),
    usageOf: (ask) => language.usageOf(questions.get(ask) ?? ask),
  };
}
