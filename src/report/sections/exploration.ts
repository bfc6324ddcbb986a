import type { RunFacts } from "../facts/run-facts.ts";
import { html, type Section } from "../html/html.ts";
import { evidenceLinks } from "../html/links.ts";

/** What a script that looked at the data found before the first solution: every agent was told. */
export function explorationSection({ exploration }: RunFacts): Section | null {
  const { findings, scripts } = exploration;
  if (scripts.length === 0) return null;
  const body = html`<p>Before the first solution a script looked at the data; every agent was told what it printed. ${scripts.map((script) => evidenceLinks(script))}</p>
<pre class="code wrap"><code>${findings ?? "It printed nothing."}</code></pre>`;
  return { id: "exploration", name: "Data", title: "What the data showed", body };
}
