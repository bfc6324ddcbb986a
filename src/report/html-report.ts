import type { RunFacts } from "./facts/run-facts.ts";
import { html, trusted } from "./html/html.ts";
import { STYLES } from "./html/styles.ts";
import { ablationsSection } from "./sections/ablations.ts";
import { attemptsSection } from "./sections/attempts.ts";
import { costsSection } from "./sections/costs.ts";
import { ensemblesSection, submissionsSection } from "./sections/ensembles.ts";
import { checksSection, failuresSection, modelsSection } from "./sections/findings.ts";
import { refinementsSection } from "./sections/refinements.ts";
import { reviewsSection } from "./sections/reviews.ts";
import { scoresSection } from "./sections/scores.ts";
import { repeatSection, solutionSection } from "./sections/solution.ts";
import { summary } from "./sections/summary.ts";
import { validationSection } from "./sections/validation.ts";

/** Nothing may be loaded and nothing may run: what escaping missed would still be dead. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** Characters of a page that opens at once and can be sent by mail; diffs take what the rest leaves of it. */
const MOST_CHARACTERS = 4_500_000;

/** The whole report as one page that needs no network and no script. */
export async function htmlReport(facts: RunFacts): Promise<string> {
  const before = [
    await scoresSection(facts),
    validationSection(facts),
    attemptsSection(facts),
    ablationsSection(facts),
  ];
  const after = [
    ensemblesSection(facts),
    submissionsSection(facts),
    modelsSection(facts),
    reviewsSection(facts),
    checksSection(facts),
    failuresSection(facts),
    costsSection(facts),
    solutionSection(facts),
    repeatSection(facts),
  ];
  const taken = [...before, ...after].reduce(
    (sum, section) => sum + (section?.body.text.length ?? 0),
    0,
  );
  const refinements = refinementsSection(facts, MOST_CHARACTERS - taken);
  const sections = [...before, refinements, ...after].filter((section) => section !== null);
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
${summary(facts)}
<nav aria-label="Sections"><ul>${sections.map(({ id, name }) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
<main id="main">
${sections.map(({ id, title, body }) => html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${body}</section>`)}
<footer>Written by mle-star ${record.version} from the run's own folder. Scores lead to the logs they were read from.</footer>
</main>
</body>
</html>
`.text;
}
