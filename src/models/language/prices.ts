import type { Price, PriceTable } from "../../core/model-choice.ts";
import type { Usage } from "../../core/usage.ts";

/** When the built-in prices were collected; they change, and a user's own table corrects them. */
export const PRICES_AS_OF = "2026-07-01";

const price = (input: number, cached: number, output: number): Price => ({ input, cached, output });

const PRICES: PriceTable = {
  "openai:gpt-5.6-sol": price(5, 0.5, 30),
  "openai:gpt-5.6-terra": price(2.5, 0.25, 15),
  "openai:gpt-5.6-luna": price(1, 0.1, 6),
  "openai:gpt-5.5": price(5, 0.5, 30),
  "openai:gpt-5.4": price(2.5, 0.25, 15),
  "openai:gpt-5.4-mini": price(0.75, 0.075, 4.5),
  "openai:gpt-5.2": price(1.75, 0.175, 14),
  "openai:gpt-5.1": price(1.25, 0.125, 10),
  "openai:gpt-5": price(1.25, 0.125, 10),
  "openai:gpt-5-mini": price(0.25, 0.025, 2),
  "openai:gpt-5-nano": price(0.05, 0.005, 0.4),
  "openai:gpt-4.1": price(2, 0.5, 8),
  "openai:gpt-4.1-mini": price(0.4, 0.1, 1.6),
  "openai:gpt-4.1-nano": price(0.1, 0.025, 0.4),
  "openai:gpt-4o": price(2.5, 1.25, 10),
  "openai:gpt-4o-mini": price(0.15, 0.075, 0.6),
  "openai:o4-mini": price(1.1, 0.275, 4.4),
  "google-genai:gemini-3.5-flash": price(1.5, 0.15, 9),
  "google-genai:gemini-3.1-pro": price(2, 0.2, 12),
  "google-genai:gemini-3.1-flash-lite": price(0.25, 0.025, 1.5),
  "google-genai:gemini-3-flash": price(0.5, 0.05, 3),
  "google-genai:gemini-2.5-pro": price(1.25, 0.125, 10),
  "google-genai:gemini-2.5-flash": price(0.3, 0.03, 2.5),
  "google-genai:gemini-2.5-flash-lite": price(0.1, 0.01, 0.4),
};

/** The dates and stages that providers append to a model's name without changing its price. */
const VERSION = /-(?:\d{4}-\d{2}-\d{2}|preview(?:-\d{2}-\d{2,4})?|latest|\d{3})$/;

/** The price of a model named `provider:model`, nothing for a mailbox; null when it is not known. */
export function priceOf(name: string, own: PriceTable = {}): Price | null {
  const model = name.slice(name.indexOf(":") + 1);
  const plain = name.replace(VERSION, "");
  const known = own[name] ?? own[model] ?? PRICES[name] ?? own[plain] ?? PRICES[plain];
  return known ?? (name.startsWith("mailbox:") ? price(0, 0, 0) : null);
}

/** What the tokens cost in US dollars; null when the price or the counts are unknown. Reasoning counts as output. */
export function costUsd(
  usage: Pick<Usage, "inputTokens" | "outputTokens" | "cachedTokens">,
  { input, output, cached = input }: Price,
): number | null {
  if (usage.inputTokens === null || usage.outputTokens === null) return null;
  const fromCache = Math.min(usage.cachedTokens ?? 0, usage.inputTokens);
  const dollars =
    (usage.inputTokens - fromCache) * input + fromCache * cached + usage.outputTokens * output;
  return dollars / 1_000_000;
}
