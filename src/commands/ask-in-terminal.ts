import { z } from "zod";
import { InterruptedError, MleStarError } from "../core/errors.ts";
import { ModelDescription } from "../core/model-description.ts";
import { modelsFromMarkdown, modelsToMarkdown } from "../core/models-markdown.ts";
import type { Answer } from "../core/review.ts";
import type { AskPerson, Pending } from "../pending.ts";

/** The prompts that are asked with, so that they can be answered without a terminal. */
export interface Prompts {
  choose(message: string, choices: { name: string; value: string }[]): Promise<string>;
  write(message: string, text: string, ending: string): Promise<string>;
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
export const terminalPrompts = (signal: AbortSignal | undefined): Prompts => {
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
  const field = Object.keys(args)[0] ?? "";
  const choice = await prompts.choose(at, [
    {
      name: `Go on with ${action === "models" ? "these models" : `this ${field}`}`,
      value: "accept",
    },
    { name: `Edit ${action === "models" ? "them: change, remove, add" : "it"}`, value: "edit" },
    ...(config.allow_ignore ? [{ name: "Leave it out", value: "ignore" }] : []),
  ]);
  if (choice === "accept" || choice === "ignore") return { type: choice };
  if (action !== "models") {
    const text = await prompts.write(at, z.string().parse(args[field]), endingOf(field));
    return { type: "edit", args: { args: { [field]: text } } };
  }
  let text = modelsToMarkdown(z.array(ModelDescription).parse(args[field]));
  while (true) {
    text = await prompts.write(at, text, ".md");
    try {
      return { type: "edit", args: { args: { models: modelsFromMarkdown(text) } } };
    } catch (error) {
      if (!(error instanceof MleStarError)) throw error;
      say(error.message);
      await prompts.choose("The list cannot be read", [{ name: "Edit it again", value: "edit" }]);
    }
  }
}

const endingOf = (field: string) => (field === "script" ? ".py" : ".md");
