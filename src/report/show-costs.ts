import type { Totals } from "../core/usage.ts";
import { callTables } from "./call-table.ts";
import { callsInWords, formatCount, formatUsd } from "./format.ts";
import { padded } from "./padded.ts";

/** What a run with a language model spent, in all and by stage; nothing for one without. */
export function spentLines({ calls, stages }: Totals): string[] {
  if (calls.inputTokens === null) return [];
  const shares = stages.flatMap(({ name, inputTokens, outputTokens, costUsd }) => {
    const tokens = (inputTokens ?? 0) + (outputTokens ?? 0);
    const spent = costUsd === null ? `${formatCount(tokens)} tokens` : formatUsd(costUsd);
    return tokens === 0 ? [] : [`${name} ${spent}`];
  });
  return [`  model       ${callsInWords(calls)}`, `  by stage    ${shares.join(", ")}`];
}

/** The calls of each agent and of each stage, with every count that a provider told. */
export function showCosts(totals: Totals): string[] {
  if (totals.calls.calls === 0) return ["The run asked no language model."];
  return padded(callTables(totals).flatMap(({ head, rows }) => [head, ...rows, []])).slice(0, -1);
}
