import type { z } from "zod";
import { AgentOutputError, OverBudgetError } from "../../core/errors.ts";
import type { Ask, Model } from "../../core/ports.ts";
import type { Usage } from "../../core/usage.ts";
import { type Chat, type ChatMessage, type ChatReply, LONGEST_ANSWER } from "./chat.ts";
import { deadline } from "./deadline.ts";
import { type Parsed, parseJsonAnswer } from "./json-answer.ts";
import { jsonSchema } from "./json-form.ts";
import { sumUsage } from "./usage.ts";

/** A model that also tells what a question has cost so far, failed attempts included; null when nothing was asked. */
export interface LanguageModel extends Model {
  usageOf(ask: Ask): Usage | null;
}

interface Limits {
  /** What is left of the run, in words; null where nothing is limited. */
  remaining?: () => string | null;
  /** What is left of the run's time for a call of this agent. */
  secondsLeft?: (agent: string) => number;
}

/** The longest own answer that a repair shows again. */
const SHOWN_CHARACTERS = 40_000;

/** What an answer says, unless something is wrong with it whatever was asked. */
function judged<T>({ text, end }: ChatReply, read: (text: string) => Parsed<T>): Parsed<T> {
  if (end === "refused") return { problem: "the model declined to answer" };
  if (text.length > LONGEST_ANSWER)
    return { problem: `the answer is longer than ${LONGEST_ANSWER} characters: it is too long` };
  if (text.trim() === "") return { problem: "the answer is empty" };
  return end === "length" ? { problem: "it was cut off: it is too long" } : read(text);
}

/** The question once more, with the unusable answer and what is wrong with it. */
function repair(prompt: string, { text }: ChatReply, problem: string): ChatMessage[] {
  const again = `Your answer could not be used: ${problem}\nAnswer again, in full and in the form that was asked for.`;
  return text.trim() === ""
    ? [{ role: "user", text: `${prompt}\n\n${again}` }]
    : [
        { role: "user", text: prompt },
        { role: "assistant", text: text.slice(0, SHOWN_CHARACTERS) },
        { role: "user", text: again },
      ];
}

/** The question with the form of its answer, for servers that cannot be held to it. */
const withForm = (prompt: string, schema: z.ZodType): string =>
  `${prompt}
The JSON object fits this JSON Schema; write nothing before or after it:
${JSON.stringify(jsonSchema(schema))}`;

/**
 * The Model port on chats: asks once more, showing the answer and what is wrong with it, when it cannot be used. After that the
 * question fails with an AgentOutputError. Every question ends with what `remaining` says is left of the run: here, below the
 * journal, since it changes by the minute.
 */
export function languageModelOn(
  chatFor: (ask: Ask) => Chat,
  { remaining = () => null, secondsLeft = () => Number.POSITIVE_INFINITY }: Limits = {},
): LanguageModel {
  const usages = new WeakMap<Ask, Usage>();

  /** No call outlives the run's time. */
  async function inTime<T>(ask: Ask, answer: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { agent, signal } = ask;
    const end = deadline(() => secondsLeft(agent));
    try {
      return await answer(AbortSignal.any([end.signal, ...(signal ? [signal] : [])]));
    } catch (error) {
      if (!end.signal.aborted || signal?.aborted === true) throw error;
      throw new OverBudgetError(`the ${agent} had no answer when the run's time for it was over`);
    } finally {
      end.over();
    }
  }

  async function usable<T>(
    ask: Ask,
    schema: z.ZodType | null,
    read: (text: string) => Parsed<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const { agent } = ask;
    const count = (usage: Usage) => void usages.set(ask, sumUsage(usages.get(ask) ?? null, usage));
    const request = async (messages: ChatMessage[]) => {
      const about = { ask, schema, signal, secondsLeft: () => secondsLeft(agent), onLost: count };
      const reply = await chatFor(ask)({ ...about, messages });
      count(reply.usage);
      return reply;
    };
    const left = remaining();
    const told = left === null ? ask.prompt : `${ask.prompt}\n# What is left of the run\n${left}\n`;
    const prompt = schema === null ? told : withForm(told, schema);
    const first = await request([{ role: "user", text: prompt }]);
    const result = judged(first, read);
    if ("value" in result) return result.value;
    const second = await request(repair(prompt, first, result.problem));
    const repaired = judged(second, read);
    if ("value" in repaired) return repaired.value;
    const said = second.text.replaceAll(/\s+/g, " ").slice(0, 160);
    throw new AgentOutputError(
      agent,
      `${repaired.problem}, also when asked again${said === "" ? "" : ` (the answer began: ${said})`}.`,
    );
  }

  return {
    usageOf: (ask) => usages.get(ask) ?? null,
    text: (ask) => {
      const read = (value: string) => {
        const problem = ask.check?.(value) ?? null;
        return problem === null ? { value } : { problem };
      };
      return inTime(ask, (signal) => usable(ask, null, read, signal));
    },
    data: (ask) => {
      const { schema } = ask;
      const read = (text: string) => parseJsonAnswer(text, schema);
      return inTime(ask, (signal) => usable(ask, schema, read, signal));
    },
  };
}
