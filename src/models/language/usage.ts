import type { Price } from "../../core/model-choice.ts";
import type { Usage } from "../../core/usage.ts";
import type { ChatRequest } from "./chat.ts";
import { costUsd } from "./prices.ts";

const CHARACTERS_PER_TOKEN = 4;

/** The usage of what nobody counted, by its characters. */
export function estimatedUsage(
  model: string,
  { messages }: Pick<ChatRequest, "messages">,
  answer: string,
  price: Price | null,
): Usage {
  const tokensIn = (text: string) => Math.ceil(text.length / CHARACTERS_PER_TOKEN);
  const counts = {
    inputTokens: messages.reduce((sum, { text }) => sum + tokensIn(text), 0),
    outputTokens: tokensIn(answer),
    cachedTokens: null,
  };
  return { ...counts, model, reasoningTokens: null, costUsd: price && costUsd(counts, price) };
}

const add = (first: number | null, second: number | null): number | null =>
  first === null ? second : first + (second ?? 0);

/** Two requests of one call, counted together; a cost is only known when both are. */
export function sumUsage(first: Usage | null, second: Usage): Usage {
  if (first === null) return second;
  const isPriced = first.costUsd !== null && second.costUsd !== null;
  return {
    model: second.model,
    inputTokens: add(first.inputTokens, second.inputTokens),
    outputTokens: add(first.outputTokens, second.outputTokens),
    cachedTokens: add(first.cachedTokens, second.cachedTokens),
    reasoningTokens: add(first.reasoningTokens, second.reasoningTokens),
    costUsd: isPriced ? add(first.costUsd, second.costUsd) : null,
  };
}
