import type { z } from "zod";
import type { Ask } from "../../core/ports.ts";
import type { Usage } from "../../core/usage.ts";

/** Characters of an answer; one that is longer is not read, and asked for again. */
export const LONGEST_ANSWER = 1_000_000;

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
  /** What is left of the run's time for it; infinite where nothing limits it. */
  secondsLeft: () => number;
  /** Told what a try cost, about, that broke off. */
  onLost: (usage: Usage) => void;
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
