import { gain } from "../../core/candidate.ts";
import { Place } from "../../core/place.ts";
import { type AttemptFact, PREDICTIONS, type Script } from "../facts/attempts.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { formatChange } from "../format.ts";
import { scoreText } from "../score-in-words.ts";
import { type Html, html } from "./html.ts";

/** Where a place of the run stands in the page. */
export const anchorOf = (kind: "attempt" | "ablation", at: string) =>
  `${kind}-${at.replace(/[^A-Za-z0-9]+/g, "-")}`;

/** The address of an attempt's file, from the report beside `attempts/`. */
export const fileAddress = (id: string, name: string) =>
  ["attempts", ...id.split("/"), ...name.split("/")].map(encodeURIComponent).join("/");

const LABELS: Record<string, string> = {
  "solution.py": "script",
  "stdout.txt": "log",
  "stderr.txt": "errors",
  "final/submission.csv": "submission",
  [PREDICTIONS]: "predictions",
};

/** Links to what an execution left: its script, its log, and the rest that is there. */
export function evidenceLinks(script: Script | null): Html | null {
  if (script === null) return null;
  const links = script.files.map((name) => {
    const label = LABELS[name] ?? name;
    const title = `${label} of ${Place.parse(script.id).words}`;
    return html`<a href="${fileAddress(script.id, name)}" aria-label="${title}">${label}</a>`;
  });
  return html`<span class="evidence">${links}</span>`;
}

/** A score that leads to what it rests on: the predictions it was measured on, else the log of the script that printed it. */
export function scoreLink(text: string, script: Script | null): Html {
  const source = [PREDICTIONS, "stdout.txt"].find((name) => script?.files.includes(name));
  if (script === null || source === undefined) return html`${text}`;
  const title = `${text}, from the ${LABELS[source]} of ${Place.parse(script.id).words}`;
  return html`<a class="number" href="${fileAddress(script.id, source)}" aria-label="${title}">${text}</a>`;
}

/** An attempt's score, or what became of it instead. */
export function scoreOf(attempt: AttemptFact, { ledger: { ground } }: RunFacts): Html {
  const { score, earned, withdrawn, scored } = attempt;
  if (withdrawn !== null)
    return html`<span class="bad">withdrawn</span>, it had ${scoreLink(scoreText(earned, attempt, ground), scored)}`;
  return score === null
    ? html`<span class="bad">failed</span>`
    : scoreLink(scoreText(score, attempt, ground), scored);
}

/** Whether an attempt led the run or went on, as a badge, and where its result comes from. */
export function badgesOf({ lead, verdict, origin }: AttemptFact): Html {
  const isKept = verdict?.kept === true && lead === null;
  return html`${lead !== null && html` <span class="badge accent">new best</span>`}${isKept && html` <span class="badge good">kept</span>`}${origin !== null && html` <span class="badge">${origin}</span>`}`;
}

/** What a score is against another, in words and in the colour of better or worse. */
export function changeText(from: number, to: number, { ledger: { direction } }: RunFacts): Html {
  const change = gain(from, to, direction);
  const tone = change > 0 ? "good" : change < 0 ? "bad" : "";
  return html`<span class="change ${tone}">${formatChange(from, to, direction)}</span>`;
}

/** A link to an attempt's line in the tree. */
export const attemptLink = (at: string): Html =>
  html`<a href="#${anchorOf("attempt", at)}">${Place.parse(at).words}</a>`;

/** A source as a link when it is an address on the web, else as text: no other address is trusted. */
export function sourceLink(source: string): Html {
  return /^https?:\/\//i.test(source) && URL.canParse(source)
    ? html`<a href="${source}" rel="noreferrer noopener">${source}</a>`
    : html`${source}`;
}
