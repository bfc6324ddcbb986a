import { z } from "zod";
import { InterruptedError, MleStarError } from "../core/errors.ts";
import { ModelDescription } from "../core/model-description.ts";
import type { Answer } from "../core/review.ts";
import { modelsFromMarkdown, modelsToMarkdown } from "../core/words/models-markdown.ts";
import type { AskPerson, Pending } from "../run/pending.ts";

/** The prompts that are asked with, so that they can be answered without a terminal. */
export interface Prompts {
  choose(message: string, choices: { name: string; value: string }[]): Promise<string>;
  write(message: string, text: string, ending: string): Promise<string>;
}

/** A person at the terminal, when there is one and the output is for people. */
export function personAtTerminal({ json }: { json?: boolean }): AskPerson | undefined {
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY && !json;
  return isTerminal ? askWith(terminalPrompts, (line) => console.log(line)) : undefined;
}

/** Asks one question after another, long texts in the person's own editor ($VISUAL or $EDITOR). */
export const askWith =
  (prompts: (signal: AbortSignal | undefined) => Prompts, say: (line: string) => void): AskPerson =>
  async (questions, signal) => {
    const answers: Record<string, Answer> = {};
    for (const question of questions) {
      say(`\n${question.description}\n`);
      answers[question.id] = await askOne(question, prompts(signal), say);
    }
    return answers;
  };

/** The terminal's prompts; an interrupt at one of them interrupts the run. */
const terminalPrompts = (signal: AbortSignal | undefined): Prompts => {
  const context = signal === undefined ? {} : { signal };
  return {
    async choose(message, choices) {
      const { select } = await import("@inquirer/prompts");
      return await interruptible(select({ message, choices }, context));
    },
    async write(message, text, postfix) {
      const { editor } = await import("@inquirer/prompts");
      const asked = { message, default: text, postfix, waitForUserInput: false };
      return await interruptible(editor(asked, context));
    },
  };
};

async function interruptible<Value>(prompt: Promise<Value>): Promise<Value> {
  try {
    return await prompt;
  } catch (error) {
    if (error instanceof Error && /^(Exit|AbortPrompt)/.test(error.name))
      throw new InterruptedError("interrupted at a question; the run can be resumed", {
        cause: error,
      });
    throw error;
  }
}

async function askOne(
  { at, action_request: { action, args }, config }: Pending,
  prompts: Prompts,
  say: (line: string) => void,
): Promise<Answer> {
  const [field = "", proposed] = Object.entries(args)[0] ?? [];
  const isModels = action === "models";
  const choice = await prompts.choose(at, [
    { name: `Go on with ${isModels ? "these models" : `this ${field}`}`, value: "accept" },
    { name: `Edit ${isModels ? "them: change, remove, add" : "it"}`, value: "edit" },
    ...(config.allow_ignore ? [{ name: "Leave it out", value: "ignore" }] : []),
  ]);
  if (choice === "accept" || choice === "ignore") return { type: choice };
  let text = isModels
    ? modelsToMarkdown(z.array(ModelDescription).parse(proposed))
    : z.string().parse(proposed);
  while (true) {
    text = await prompts.write(at, text, field === "script" ? ".py" : ".md");
    try {
      const edited = isModels ? modelsFromMarkdown(text) : text;
      return { type: "edit", args: { args: { [field]: edited } } };
    } catch (error) {
      if (!(error instanceof MleStarError)) throw error;
      say(error.message);
      await prompts.choose("The list cannot be read", [{ name: "Edit it again", value: "edit" }]);
    }
  }
}
