import { type Html, type HtmlValue, html } from "./html.ts";

/** A table with a header row; the first cell of a row names it. Columns after the first hold numbers unless told. */
export function table(
  head: readonly string[],
  rows: readonly (readonly HtmlValue[])[],
  { label, words = [] }: { label: string; words?: readonly number[] },
): Html {
  const side = (column: number) => (column === 0 ? "" : words.includes(column) ? "words" : "right");
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table>
<thead><tr>${head.map((text, column) => html`<th scope="col" class="${side(column)}">${text}</th>`)}</tr></thead>
<tbody>${rows.map(
    (cells) =>
      html`<tr>${cells.map((cell, column) =>
        column === 0
          ? html`<th scope="row">${cell}</th>`
          : html`<td class="${side(column)}">${cell}</td>`,
      )}</tr>`,
  )}</tbody></table></div>`;
}
