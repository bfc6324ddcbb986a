import { formatCount, formatDuration, formatScore, formatUsd } from "../../terminal/format.ts";
import { placeName } from "../facts/place.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { codeBlock, type Markdown, markdown, markdownTable } from "./markdown.ts";

/** What a person decided; null for a run that asked nobody. */
export function reviews({ reviews: all }: RunFacts): Markdown | null {
  if (all.length === 0) return null;
  return markdown`## What a person decided

${all.map(
  ({
    at,
    subject,
    decision,
    change,
    sharedFrom,
  }) => markdown`- ${placeName(at)}: ${subject} ${decision}${change !== null && `: ${change}`}${sharedFrom !== null && ` (in run ${sharedFrom})`}
`,
)}`;
}

/** What failed, by cause. */
export function failures({ failures: groups }: RunFacts): Markdown {
  const lines = groups.flatMap(({ cause, failures: members }) => [
    markdown`- **${cause}** (${members.length})
`,
    ...members.map(
      ({ id, said, mended }) => markdown`  - ${placeName(id)}: ${said}${mended && " (mended)"}
`,
    ),
  ]);
  return markdown`## Failures by cause

${lines.length === 0 ? "None." : lines}`;
}

/** Where time, tokens and money went. */
export function costs({ stages, agents }: RunFacts): Markdown {
  const stageRows = stages.map((stage) => [
    stage.name,
    stage.scripts,
    formatDuration(stage.scriptSeconds),
    stage.calls,
    formatCount(stage.inputTokens),
    formatCount(stage.outputTokens),
    formatUsd(stage.costUsd),
    stage.gained === null ? "–" : formatScore(stage.gained),
  ]);
  const agentRows = agents.map((agent) => [
    agent.name,
    agent.calls,
    agent.failedCalls,
    formatDuration(agent.seconds),
    formatCount(agent.inputTokens),
    formatCount(agent.outputTokens),
    formatUsd(agent.costUsd),
  ]);
  return markdown`## Cost

${markdownTable(["Stage", "Scripts", "Script time", "Calls", "Tokens in", "Tokens out", "Cost", "Gained"], stageRows)}

${markdownTable(["Agent", "Calls", "Failed", "Time", "Tokens in", "Tokens out", "Cost"], agentRows)}`;
}

/** The script, its packages, and how to run the same again. */
export function solution({ best, packages, workbench, repeat, record }: RunFacts): Markdown {
  const pins = packages.map(({ name, version }) => `${name}==${version}`).join("\n");
  return markdown`## Final script

${best === null ? "There is none." : codeBlock(best.script, "python")}

${
  workbench !== null &&
  markdown`Python ${workbench.pythonVersion} with:

${codeBlock(pins)}

`
}## How to repeat it

${codeBlock(repeat, "sh")}

Seed ${record.settings.seed}; task fingerprint ${record.task.fingerprint}; mle-star ${record.version} on Node ${record.node}.`;
}
