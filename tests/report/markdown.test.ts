import { expect, test } from "vitest";
import { html } from "../../src/report/html/html.ts";
import { table } from "../../src/report/html/table.ts";
import { codeBlock, markdownOf } from "../../src/report/markdown/from-html.ts";

test.each([
  ["# a\n<img src=x> [b](javascript:x) `c` | *d* https://evil.example ![e](f)"],
  ["- a"],
  ["1. a"],
  ["+ a"],
  ["==="],
])("%j has no power over Markdown, nor over the HTML in it", (hostile) => {
  const text = markdownOf(html`<p>${hostile}</p>`);
  expect(text).not.toMatch(/\n|<|(?<!\\)[`|*[\]!]|https:|^[-+=#]|^\d+\. /);
});

test("what a page says stays: headings, lists in lists, terms, bold text, files of the run", () => {
  const page = html`<h3>A</h3><ul><li><p>b <b>c</b></p><ul><li>d</li></ul></li></ul>
<dl><div><dt>e</dt><dd>f<br>g <a href="best/solution.py">h</a> <a href="#i">j</a></dd></div></dl>
<details class="screen-only">k</details><pre data-language="python">${"l\n  m"}</pre>`;
  expect(markdownOf(page)).toBe(
    "### A\n\n- b **c**\n\n  - d\n\n- **e**: f g [h](best/solution.py) j\n\n```python\nl\n  m\n```",
  );
});

test("a code block cannot be closed from within", () => {
  const lines = codeBlock("```\n</pre>\n````", "python").split("\n");
  expect([lines[0], lines.at(-1)]).toEqual(["`````python", "`````"]);
});

test("a cell cannot break out of its row", () => {
  const text = markdownOf(table(["a"], [["x | y\nz"]], { label: "" }));
  expect(text.split("\n")).toEqual(["| a |", "| --- |", "| x \\| y z |"]);
});
