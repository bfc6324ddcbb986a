import type { Ask, Model } from "../../src/core/ports.ts";

type Answer = unknown | ((ask: Ask) => unknown);

/**
 * A model that answers from a script, one list per agent, and remembers what it was asked. A function answers from the
 * question; the last answer of a list marked `endless` is given for ever; an Error is thrown.
 */
export function scriptedModel(answers: Record<string, { list: Answer[]; endless?: boolean }>) {
  const asks: Ask[] = [];
  const next = (ask: Ask): unknown => {
    asks.push(ask);
    const { list, endless = false } = answers[ask.agent] ?? { list: [] };
    const answer = endless && list.length === 1 ? list[0] : list.shift();
    if (answer === undefined) throw new Error(`scriptedModel: no answer left for "${ask.agent}"`);
    const given: unknown = typeof answer === "function" ? answer(ask) : answer;
    if (given instanceof Error) throw given;
    return given;
  };
  const model: Model = {
    text: async (ask) => String(next(ask)),
    data: async (ask) => ask.schema.parse(next(ask)),
  };
  return { model, asks, agents: () => asks.map(({ agent }) => agent) };
}

/** A code agent's answer. */
export const fenced = (code: string) => `\`\`\`python\n${code}\n\`\`\``;

/** A planner's answer. */
export const planned = (plan: string) => ({ plan });

/** An agent's answers, given one after another. */
export const once = (...list: Answer[]) => ({ list });

/** One answer, given every time. */
export const always = (answer: Answer) => ({ list: [answer], endless: true });
