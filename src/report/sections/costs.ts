import type { CallCost } from "../../core/call-cost.ts";
import { formatCount, formatDuration, formatScore, formatUsd } from "../../terminal/format.ts";
import type { StageCost } from "../facts/costs.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { type Html, html } from "../html/html.ts";
import { type Section, table } from "./table.ts";

/** Where time, tokens and money went, and what was gained for them. */
export function costsSection(facts: RunFacts): Section {
  const { agents, stages, calls, firstScore } = facts;
  const isPaid = [calls.inputTokens, calls.outputTokens, calls.costUsd].some(
    (value) => value !== null,
  );
  const paidHead = isPaid ? ["Tokens in", "Tokens out", "Cost"] : [];
  const paid = ({ inputTokens, outputTokens, costUsd }: CallCost) =>
    isPaid ? [formatCount(inputTokens), formatCount(outputTokens), formatUsd(costUsd)] : [];
  const stageRows = stages.map((stage) => [
    stage.name,
    formatCount(stage.scripts),
    stage.scripts === 0 ? "–" : formatDuration(stage.scriptSeconds),
    formatCount(stage.calls),
    ...paid(stage),
    stage.gained === null ? "–" : formatScore(Number(stage.gained.toPrecision(3))),
    perPoint(stage, firstScore),
  ]);
  const agentRows = agents.map((agent) => [
    agent.name,
    formatCount(agent.calls),
    formatCount(agent.failedCalls),
    formatDuration(agent.seconds),
    ...paid(agent),
  ]);
  const body = html`<h3>By stage</h3>
${table(["Stage", "Scripts", "Script time", "Calls", ...paidHead, "Gained", "For each 1 % gained"], stageRows, { label: "Cost by stage" })}
<p class="muted">Gained: how much better the best score became in the stage. Script time is the sum over scripts, some of which ran side by side.${overall(facts)}</p>
<h3>By agent</h3>
${table(["Agent", "Calls", "Failed", "Time", ...paidHead], agentRows, { label: "Cost by agent" })}
${!isPaid && html`<p class="muted">No provider told tokens or money: ${facts.record.model === "offline" ? "the built-in engineer costs neither" : "the model's answers carried no usage"}.</p>`}`;
  return { id: "costs", name: "Cost", title: "Cost", body };
}

/** Script time, and money where it is known, for each hundredth of the first score that was gained. */
function perPoint(
  { gained, scriptSeconds, costUsd }: StageCost,
  firstScore: number | null,
): string {
  if (gained === null || gained <= 0 || firstScore === null || firstScore === 0) return "–";
  const percent = (100 * gained) / Math.abs(firstScore);
  const money = costUsd === null ? "" : `, ${formatUsd(costUsd / percent)}`;
  return `${formatDuration(scriptSeconds / percent)}${money}`;
}

function overall({ stages, firstScore, calls }: RunFacts): Html | null {
  const gained = stages.reduce((sum, stage) => sum + (stage.gained ?? 0), 0);
  if (firstScore === null || gained <= 0) return null;
  const scriptSeconds = stages.reduce((sum, stage) => sum + stage.scriptSeconds, 0);
  const whole = { name: "", ...calls, scripts: 0, scriptSeconds, gained };
  return html` Over the whole run: ${formatScore(Number(gained.toPrecision(3)))} gained, ${perPoint(whole, firstScore)} for each 1 %.`;
}
