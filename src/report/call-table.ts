import type { CallCost, Totals } from "../core/usage.ts";
import { formatCount, formatDuration, formatMoney, formatUsd } from "./format.ts";

/** What calls of models cost, as the cells of two tables: by agent, and by stage with the sum. */
export const callTables = ({ agents, stages, calls }: Totals) => [
  callTable("agent", agents),
  callTable("stage", [...stages, { name: "in all", ...calls }]),
];

const callTable = (title: string, costs: readonly (CallCost & { name: string })[]) => ({
  head: [title, "calls", "failed", "time", "in", "cached", "out", "reasoning", "cost"],
  rows: costs.map((cost) => [
    cost.name,
    formatCount(cost.calls),
    formatCount(cost.failedCalls),
    formatDuration(cost.seconds),
    formatCount(cost.inputTokens),
    formatCount(cost.cachedTokens),
    formatCount(cost.outputTokens),
    formatCount(cost.reasoningTokens),
    cost.costUsd === null && cost.unpricedCalls === 0 ? formatUsd(null) : formatMoney(cost),
  ]),
});
