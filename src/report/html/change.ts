import type { Direction } from "../../core/candidate.ts";
import { formatChange } from "../../terminal/format.ts";
import { type Html, html } from "./html.ts";

/** What a score is against another, in words and in the colour of better or worse. */
export function changeText(from: number, to: number, direction: Direction): Html {
  const change = formatChange(from, to, direction);
  const tone = change.startsWith("better") ? "good" : change.startsWith("worse") ? "bad" : "";
  return html`<span class="change ${tone}">${change}</span>`;
}
