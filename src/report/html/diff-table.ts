import { type DiffRow, diffRows, type Line } from "./diff-rows.ts";
import { type Html, html } from "./html.ts";

/** Rows of one diff in the page; the scripts themselves are a link away. */
const MOST_ROWS = 120;

/** A block before and after, side by side; on a phone one below the other. */
export function diffTable(before: string, after: string, label: string): Html {
  const rows = diffRows(before, after, MOST_ROWS);
  const left = rows.length - MOST_ROWS;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="diff"><colgroup><col class="numbers"><col><col class="numbers"><col></colgroup>
<thead><tr><th scope="col" colspan="2">Before</th><th scope="col" colspan="2">After</th></tr></thead>
<tbody>${rows.slice(0, MOST_ROWS).map(rowOf)}${left > 0 && note(`${left} more rows: see the scripts`)}</tbody></table></div>`;
}

function rowOf(row: DiffRow): Html {
  if (row.kind === "skipped") return note(`${row.count} unchanged lines`);
  return html`<tr class="${row.kind}">${cells(row.left, "del")}${cells(row.right, "ins")}</tr>`;
}

const note = (text: string) => html`<tr class="skip"><td colspan="4">${text}</td></tr>`;

function cells(line: Line | null, tag: "del" | "ins"): Html {
  if (line === null) return html`<td class="n"></td><td class="none"></td>`;
  const text = line.pieces.map((piece) =>
    piece.changed ? html`<b>${piece.text}</b>` : piece.text,
  );
  return html`<td class="n">${line.number}</td><td class="${tag}"><code>${text}</code></td>`;
}
