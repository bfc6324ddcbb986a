import { callTables } from "../call-table.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { formatCount, formatDuration, formatScore } from "../format.ts";
import { html, type Section } from "../html/html.ts";
import { table } from "../html/table.ts";

/** Where time, tokens and money went, and what was gained for them. */
export function costsSection({ stages, totals }: RunFacts): Section {
  const isAsked = totals.calls.calls > 0;
  const rows = stages.map((stage) => [
    stage.name,
    formatCount(stage.scripts),
    stage.scripts === 0 ? "–" : formatDuration(stage.scriptSeconds),
    stage.gained === null ? "–" : formatScore(Number(stage.gained.toPrecision(3))),
  ]);
  const body = html`${table(["Stage", "Scripts", "Script time", "Gained"], rows, { label: "Cost by stage" })}
<p class="muted">Gained: how much better the best score became in the stage. Script time is the sum over scripts, some of which ran side by side.</p>
${isAsked ? callTables(totals).map(({ head, rows }) => html`<h3>Calls by ${head[0]}</h3>${table(head, rows, { label: `Calls by ${head[0]}`, words: [8] })}`) : html`<p class="muted">No language model was asked: the built-in engineer costs neither tokens nor money.</p>`}`;
  return { id: "costs", name: "Cost", title: "Cost", body };
}
