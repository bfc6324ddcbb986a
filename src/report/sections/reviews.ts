import { placeName } from "../facts/place.ts";
import type { RunFacts } from "../facts/run-facts.ts";
import { html } from "../html/html.ts";
import type { Section } from "./table.ts";

/** What a person decided, where and when; null for a run that asked nobody. */
export function reviewsSection({ reviews }: RunFacts): Section | null {
  if (reviews.length === 0) return null;
  const body = html`<ul>${reviews.map(
    ({ at, subject, time, decision, change, sharedFrom }) =>
      html`<li>${placeName(at)}: ${subject} <b>${decision}</b>${change !== null && html`: ${change}`} <span class="muted">${time.slice(0, 16).replace("T", " ")} UTC${sharedFrom !== null && html`, in run ${sharedFrom}`}</span></li>`,
  )}</ul>`;
  return { id: "reviews", name: "Reviews", title: "What a person decided", body };
}
