import type { RunFacts } from "../facts/run-facts.ts";
import { html, type Section } from "../html/html.ts";
import { scoreInWords } from "../in-words.ts";
import { markdownOf } from "../markdown/from-html.ts";
import { summary } from "../sections/summary.ts";

/** The same report as plain Markdown, for a pull request or a wiki: without what is only drawn. */
export function markdownReport(facts: RunFacts, sections: readonly Section[]): string {
  const { record, metric } = facts;
  const told = sections.filter(({ id }) => id !== "scores");
  const page = html`<h1>${record.task.name}: ${metric} ${scoreInWords(facts)}</h1>
${summary(facts)}
<p>The same with charts and diffs: <a href="report.html">report.html</a>.</p>
${told.map(({ title, body }) => html`<h2>${title}</h2>${body}`)}`;
  return `${markdownOf(page)}\n`;
}
