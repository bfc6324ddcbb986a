import { z } from "zod";

/** What calls of models cost; tokens and money are null where no provider told them. */
export const CallCost = z.object({
  calls: z.number(),
  failedCalls: z.number(),
  seconds: z.number(),
  inputTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
  /** Of the tokens in: those that the provider still had from an earlier call. */
  cachedTokens: z.number().nullable(),
  /** Of the tokens out: those that the model thought with. */
  reasoningTokens: z.number().nullable(),
  /** Of the calls whose price is known. */
  costUsd: z.number().nullable(),
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
