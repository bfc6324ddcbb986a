import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readExported } from "../../src/report/export/exported.ts";
import { modelCard } from "../../src/report/export/model-card.ts";
import { exportReadme } from "../../src/report/export/readme.ts";
import { writeReport } from "../../src/report/written/write-report.ts";
import { chromiumPath, NO_CHROMIUM } from "../support/chromium.ts";
import { makeRun } from "../support/make-run.ts";
import { reportBrowser } from "./report-contract.ts";

/** Each stands as task name, metric, column, plan, model name, source, error, log line and reason at once. */
const HOSTILE = {
  tags: `"><img src=x onerror="document.title='owned'"><script>document.title='owned'</script></style></pre>'&#x27;\``,
  "closing tags": `</code></pre></details></section></main></title><iframe srcdoc="<script>parent.document.title='owned'</script>">`,
  svg: `</text></svg><svg onload="document.title='owned'"><a xlink:href="javascript:document.title='owned'">`,
  attributes: `x' onmouseover='document.title="owned"' " autofocus onfocus="document.title='owned'" style="position:fixed;inset:0`,
  markdown:
    "| a | b\n# c\n```\n![d](https://evil.example/d.png) [e](javascript:alert(1)) <b>f</b> `g` *h* www.evil.example",
  "turned and control characters": "\u202eowned\u0000\u001b[2J\u2066",
};
const inRun = (text: string) => makeRun("toy", { text, metric: text, measured: true });

describe.skipIf(chromiumPath() === null)(`hostile text in a report [else: ${NO_CHROMIUM}]`, () => {
  const open = reportBrowser();
  const paths = new Map<string, string>();
  beforeAll(async () => {
    for (const [kind, text] of Object.entries({ plain: "ratios", ...HOSTILE }))
      paths.set(kind, writeReport(inRun(text), "toy").html);
  });

  test.each(Object.entries(HOSTILE))("%s stay text", async (kind, text) => {
    const { page: plain } = await open(paths.get("plain") ?? "");
    const { page, said } = await open(paths.get(kind) ?? "");
    const skeleton =
      "details, section, article, table, pre, svg, style, title, h1, h2, h3, nav, main";
    const shape = (one: typeof page) =>
      one.$$eval(skeleton, (all) => all.map(({ tagName }) => tagName));
    const handlers = await page.$$eval("*", (all) =>
      all.flatMap((one) =>
        one
          .getAttributeNames()
          .filter((name) => name.startsWith("on") || name === "autofocus" || name === "srcdoc"),
      ),
    );
    await page.$$eval("details", (all) => all.map((one) => one.setAttribute("open", "")));
    expect(await page.locator("img, script, iframe, object, base, form").count()).toBe(0);
    expect(handlers).toEqual([]);
    expect(await shape(page)).toEqual(await shape(plain));
    expect(await page.title()).not.toBe("owned");
    const links = await page.$$eval("a", (all) =>
      all.map((one) => one.getAttribute("href") ?? one.getAttribute("xlink:href") ?? ""),
    );
    expect(
      links.filter(
        (link) =>
          !/^(#|https:\/\/example\.org|attempts\/|best\/|run\.json|data:text\/csv)/.test(link),
      ),
    ).toEqual([]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    const told = text.replace(/[\u0000-\u0008\u000b-\u001f\u202e\u2066]/g, "\ufffd");
    expect(await page.locator("h1").textContent()).toBe(told);
    expect(said).toEqual([]);
    await plain.close();
    await page.close();
  });
});

/** What Markdown makes of a page by its lines: headings, cells of each row, fences; code blocks left out. */
function markdownShape(text: string): string[] {
  const outside = text.replace(/^(`{3,})[^`]*$[\s\S]*?^\1$/gm, "fence");
  return outside.split("\n").flatMap((line) => {
    if (line.startsWith("|")) return [`row of ${line.split(/(?<!\\)\|/).length}`];
    const mark = /^(#+|fence|\s*- |---|>)/.exec(line)?.[1];
    return mark === undefined ? [] : [mark];
  });
}

test.each(Object.entries(HOSTILE))("%s have no power over report.md", async (_, text) => {
  const markdown = async (hostile: string) =>
    readFileSync(writeReport(inRun(hostile), "toy").markdown, "utf8");
  const told = await markdown(text);
  expect(markdownShape(told)).toEqual(markdownShape(await markdown("ratios")));
  const prose = told.replace(/^(`{3,})[^`]*$[\s\S]*?^\1$/gm, "");
  expect(prose).not.toMatch(/<(?!!--)|https?:|www\.|(?<!\\)`|(?<!\\)!\[/);
  const links = [...prose.matchAll(/(?<!\\)\]\(([^)]*)\)/g)].map(([, link]) => link);
  expect(links.filter((link) => !/^(attempts|best|report)[/.]/.test(link ?? ""))).toEqual([]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(told).not.toMatch(/[\u0000\u001b\u202e\u2066]/);
});

test("a file's name has no power over an export's README and model card", async () => {
  const exported = await readExported(inRun(HOSTILE.tags), "toy");
  const inputFiles = ["<img src=x>.csv", "a`b.csv", "[x](javascript:1).csv"];
  for (const told of [exportReadme({ ...exported, inputFiles }), modelCard(exported)])
    expect(told.replace(/^```[\s\S]*?^```$/gm, "")).not.toMatch(/<|(?<!\\)\[/);
});

test("a task whose name is a formula or a path stays a name in the report", async () => {
  const runsFolder = makeRun("toy", { text: "=cmd|' /C calc'!A0" });
  const { html } = writeReport(runsFolder, "toy");
  const base64 = /base64,([^"]+)/.exec(readFileSync(html, "utf8"))?.[1] ?? "";
  const csv = Buffer.from(base64, "base64").toString();
  writeFileSync(join(runsFolder, "scores.csv"), csv);
  expect(csv.split("\n").filter((row) => /,[=@+-](?!\d)/.test(row))).toEqual([]);
  expect(csv).toContain("'=cmd");
});
