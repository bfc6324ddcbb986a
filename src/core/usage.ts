import { z } from "zod";

/** Tokens and money of one model call, from the provider's own figures; null where it does not say. */
export const Usage = z.object({
  model: z.string(),
  inputTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
  /** Of the tokens in: those that the provider still had from an earlier call. */
  cachedTokens: z.number().nullable(),
  /** Of the tokens out: those that the model thought with. */
  reasoningTokens: z.number().nullable(),
  costUsd: z.number().nullable(),
});
export type Usage = z.infer<typeof Usage>;

/** What calls of models cost together; money is that of the calls whose price is known. */
export const CallCost = Usage.omit({ model: true }).extend({
  calls: z.number(),
  failedCalls: z.number(),
  seconds: z.number(),
  /** Calls that a language model answered at an unknown price, or without telling its tokens. */
  unpricedCalls: z.number(),
});
export type CallCost = z.infer<typeof CallCost>;

/** What a run's models cost: in all, for each agent and for each stage that asked one. */
export const Totals = z.object({
  calls: CallCost,
  agents: z.array(CallCost.extend({ name: z.string() })),
  stages: z.array(CallCost.extend({ name: z.string() })),
});
export type Totals = z.infer<typeof Totals>;
