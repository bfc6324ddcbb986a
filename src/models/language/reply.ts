import type { AIMessage } from "@langchain/core/messages";
import { z } from "zod";
import type { Price } from "../../core/model-choice.ts";
import type { ChatReply } from "./chat.ts";
import { costUsd } from "./prices.ts";
import { type Endpoint, nameOf, withoutKey } from "./providers.ts";

const Reason = z.string().nullish().catch(null);

/** Where the providers' libraries leave how an answer ended, and a refusal in words. */
const Ending = z.object({ finish_reason: Reason, finishReason: Reason, refusal: Reason });

const REFUSED = /content_filter|safety|blocklist|prohibited|recitation|spii|refus/i;
const CUT_OFF = /^(length|max_tokens|max_output_tokens|model_length)$/i;

function endOf(message: AIMessage): ChatReply["end"] {
  const { finish_reason, finishReason, refusal } = Ending.parse({
    ...message.additional_kwargs,
    ...message.response_metadata,
  });
  const reason = finish_reason ?? finishReason ?? "";
  if (refusal || REFUSED.test(reason)) return "refused";
  return CUT_OFF.test(reason) ? "length" : "complete";
}

/** Fewer than none is no figure of the provider's: then it has told none. */
const Tokens = z.number().nonnegative();

const Counted = z.object({
  input_tokens: Tokens,
  output_tokens: Tokens,
  total_tokens: Tokens.positive(),
  input_token_details: z.object({ cache_read: Tokens.optional() }).optional(),
  output_token_details: z.object({ reasoning: Tokens.optional() }).optional(),
});

/** Tokens by the provider's own figures, null where it did not count; those of Gemini's thoughts are in the total only. */
function usageOf(message: AIMessage, endpoint: Endpoint, price: Price | null): ChatReply["usage"] {
  const { data: counted } = Counted.safeParse(message.usage_metadata);
  const { input_tokens = null, output_tokens = 0, total_tokens = 0 } = counted ?? {};
  const unseen = total_tokens - (input_tokens ?? 0) - output_tokens;
  const hidden = endpoint.protocol === "google" ? Math.max(0, unseen) : 0;
  const usage = {
    model: nameOf(endpoint),
    inputTokens: input_tokens,
    outputTokens: counted === undefined ? null : output_tokens + hidden,
    cachedTokens: counted?.input_token_details?.cache_read ?? null,
    reasoningTokens: counted?.output_token_details?.reasoning ?? (hidden || null),
  };
  return { ...usage, costUsd: price === null ? null : costUsd(usage, price) };
}

/** Reasoning that local servers leave in the text, up to the answer proper. */
const THOUGHTS = /^\s*<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>\s*/i;

/** What a message of LangChain says, in the one form that the rest of this folder knows. */
export const replyOf = (
  message: AIMessage,
  endpoint: Endpoint,
  price: Price | null,
): ChatReply => ({
  text: withoutKey(message.text.replace(THOUGHTS, ""), endpoint),
  end: endOf(message),
  usage: usageOf(message, endpoint, price),
});
