import type { RunFacts } from "../facts/run-facts.ts";
import { html, type Section, trusted } from "../html/html.ts";
import { STYLES } from "../html/styles.ts";
import { summary } from "../sections/summary.ts";

/** Nothing may be loaded and nothing may run: what escaping missed would still be dead. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The whole report as one page that needs no network and no script. */
export function htmlReport(facts: RunFacts, sections: readonly Section[]): string {
  const { record } = facts;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${record.task.name}: run ${record.runId}</title>
<style>${trusted(STYLES)}</style>
</head>
<body>
<a class="skip-link" href="#main">Skip to the report</a>
<header class="top">
<p class="kicker">MLE-STAR run report</p>
<h1>${record.task.name}</h1>
${summary(facts)}
</header>
<nav aria-label="Sections"><ul>${sections.map(({ id, name }) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
<main id="main">
${sections.map(({ id, title, body }) => html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${body}</section>`)}
<footer>Written by mle-star ${record.version} from the run's own folder. Scores lead to the logs they were read from.</footer>
</main>
</body>
</html>
`.text;
}
