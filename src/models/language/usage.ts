import type { Usage } from "../../core/usage.ts";

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
