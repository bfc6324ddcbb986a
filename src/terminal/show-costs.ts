import type { CallCost, Totals } from "../core/call-cost.ts";
import { formatCount, formatDuration, formatUsd } from "./format.ts";
import { padded } from "./padded.ts";

/** What calls cost, on one line: `12 calls, 3,400 tokens in (800 cached), 560 out (200 reasoning), $0.39`. */
export function callsInWords(cost: CallCost): string {
  const { calls, inputTokens, outputTokens, cachedTokens, reasoningTokens } = cost;
  if (inputTokens === null && outputTokens === null) return `${formatCount(calls)} calls`;
  const share = (tokens: number | null, what: string) =>
    tokens === null || tokens === 0 ? "" : ` (${formatCount(tokens)} ${what})`;
  return [
    `${formatCount(calls)} calls`,
    `${formatCount(inputTokens)} tokens in${share(cachedTokens, "cached")}`,
    `${formatCount(outputTokens)} out${share(reasoningTokens, "reasoning")}`,
    money(cost),
  ].join(", ");
}

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
export const showCosts = ({ calls, agents, stages }: Totals): string[] =>
  padded([
    ["agent", ...COLUMNS],
    ...agents.map((agent) => row(agent.name, agent)),
    [],
    ["stage", ...COLUMNS],
    ...stages.map((stage) => row(stage.name, stage)),
    [],
    row("in all", calls),
  ]);

const COLUMNS = ["calls", "failed", "time", "in", "cached", "out", "reasoning", "cost"];

const row = (name: string, cost: CallCost) => [
  name,
  formatCount(cost.calls),
  formatCount(cost.failedCalls),
  formatDuration(cost.seconds),
  formatCount(cost.inputTokens),
  formatCount(cost.cachedTokens),
  formatCount(cost.outputTokens),
  formatCount(cost.reasoningTokens),
  cost.costUsd !== null ? money(cost) : cost.unpricedCalls > 0 ? "unknown" : formatUsd(null),
];

/** A sum that does not hide what it could not count. */
function money({ costUsd, unpricedCalls, calls }: CallCost): string {
  if (costUsd === null) return "price unknown (see --prices)";
  const unknown = `${unpricedCalls} of ${calls} calls at an unknown price`;
  return formatUsd(costUsd) + (unpricedCalls === 0 ? "" : ` (${unknown})`);
}
