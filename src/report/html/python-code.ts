import hljs from "highlight.js/lib/core";
import python from "highlight.js/lib/languages/python";
import { visible } from "../visible.ts";
import { type Html, html, trusted } from "./html.ts";

hljs.registerLanguage("python", python);

/** A script with its syntax coloured when the report is made; the page needs no script of its own for it. */
export function pythonCode(script: string, label: string): Html {
  const coloured = trusted(hljs.highlight(visible(script), { language: "python" }).value);
  return html`<pre class="code" data-language="python" tabindex="0" role="region" aria-label="${label}"><code>${coloured}</code></pre>`;
}
