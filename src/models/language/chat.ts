import type { z } from "zod";
import type { Ask } from "../../core/ports.ts";
import type { Usage } from "../../core/usage.ts";

export interface ChatMessage {
  role: "user" | "assistant";
  text: string;
}

/** One request to a provider: a question, and what was said about its answer so far. */
export interface ChatRequest {
  ask: Ask;
  messages: readonly ChatMessage[];
  /** The form of the answer, for providers that can hold a model to it; null for free text. */
  schema: z.ZodType | null;
  signal: AbortSignal;
}

/** What a provider answered, whatever its wire format. */
export interface ChatReply {
  text: string;
  /** `length`: cut off; `refused`: the model or a filter declined. */
  end: "complete" | "length" | "refused";
  usage: Usage;
}

/** A model behind a wire format: one request, one reply, or an error of the provider's own. */
export type Chat = (request: ChatRequest) => Promise<ChatReply>;
