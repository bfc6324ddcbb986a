import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chromiumPath, startChromium } from "../support/chromium.ts";
import { poorlyReadable } from "../support/page-colours.ts";

/** A report opened in a browser, with all that the page said or asked for. */
export interface OpenReport {
  page: Page;
  said: string[];
}

/** Opens reports in one browser, which is closed after the tests around. */
export function reportBrowser() {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium(chromiumPath() ?? "");
  });
  afterAll(() => browser?.close());

  return async (path: string, options: BrowserContextOptions = {}): Promise<OpenReport> => {
    const page = await browser.newPage(options);
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    page.on("request", (request) => {
      if (!/^(file|data):/.test(request.url())) said.push(`asked for ${request.url()}`);
    });
    await page.goto(pathToFileURL(path).href);
    return { page, said };
  };
}

/** What holds of the report of any run with a solution and a refinement, made up or real. */
export function reportContract(
  open: (path: string, options?: BrowserContextOptions) => Promise<OpenReport>,
  reportPath: () => string,
): void {
  test("loads nothing, says nothing on the console, and draws a mark for every candidate", async () => {
    const { page, said } = await open(reportPath());
    const marks = page.locator(".wide .marks path");
    const candidates = await page.locator("article.attempt").count();
    expect(candidates).toBeGreaterThan(2);
    expect(await marks.count()).toBe(candidates);
    expect((await page.locator(".wide svg").boundingBox())?.width).toBeGreaterThan(600);
    expect(said).toEqual([]);
    await page.close();
  });

  test("every link leads somewhere: to a file of the run that is not empty, or to a place in the page", async () => {
    const { page } = await open(reportPath());
    const links = await page.$$eval("a", (all) =>
      all.map((one) => one.getAttribute("href") ?? one.getAttribute("xlink:href") ?? ""),
    );
    const ids = await page.$$eval("[id]", (all) => all.map(({ id }) => id));
    const folder = dirname(reportPath());
    const broken = links.filter((link) => {
      if (link.startsWith("#")) return !ids.includes(link.slice(1));
      if (/^(https:|data:text\/csv)/.test(link)) return false;
      const path = join(folder, decodeURIComponent(link));
      return !existsSync(path) || statSync(path).size === 0;
    });
    expect(links.length).toBeGreaterThan(40);
    expect(broken).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    await page.close();
  });

  test("every diff opens by keyboard and shows both sides", async () => {
    const { page } = await open(reportPath());
    for (const diff of await page.locator("details.refinement").all()) {
      if ((await diff.getAttribute("open")) === null) {
        await diff.locator("> summary").focus();
        await page.keyboard.press("Enter");
      }
      expect(await diff.locator("td.ins").first().isVisible()).toBe(true);
      expect(await diff.locator("tr.changed").count()).toBeGreaterThan(0);
    }
    expect(await page.locator("details.refinement").count()).toBeGreaterThan(0);
    await page.close();
  });

  test("the keyboard's first stop leads past the navigation, and each stop can be seen", async () => {
    const { page } = await open(reportPath());
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the report");
    const stops = new Set<string>();
    for (const _ of Array.from({ length: 25 })) {
      await page.keyboard.press("Tab");
      const { outline, name } = await page.evaluate(() => {
        const focused = document.activeElement ?? document.body;
        const { outlineStyle, outlineWidth } = getComputedStyle(focused);
        return { outline: `${outlineStyle} ${outlineWidth}`, name: focused.outerHTML };
      });
      expect(outline).toBe("solid 2px");
      stops.add(name);
    }
    expect(stops.size).toBeGreaterThan(20);
    await page.close();
  });

  test("a screen reader finds landmarks, ordered headings, headed tables and named links", async () => {
    const { page } = await open(reportPath());
    const outline = await page.locator("body").ariaSnapshot();
    for (const landmark of ["- banner:", '- navigation "Sections":', "- main:", '- region "'])
      expect(outline).toContain(landmark);
    const levels = await page.$$eval("h1, h2, h3, h4, h5, h6", (all) =>
      all.map(({ tagName }) => Number(tagName[1])),
    );
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1)).toEqual([]);
    expect(await page.locator("main > section:not([aria-labelledby])").count()).toBe(0);
    expect(await page.locator("table:not(:has(th[scope=col]))").count()).toBe(0);
    const promotions = page.locator(".wide").getByRole("img", { name: /^(track|ensemble).* at / });
    expect(await promotions.count()).toBeGreaterThan(0);
    const nameless = await page.$$eval(
      "a, summary",
      (all) =>
        all.filter(
          (one) =>
            (one.textContent ?? "").trim() === "" &&
            !one.hasAttribute("aria-label") &&
            one.querySelector("title") === null,
        ).length,
    );
    expect(nameless).toBe(0);
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    await page.close();
  });

  test.each(["light", "dark"] as const)("all text can be read in the %s theme", async (theme) => {
    const { page } = await open(reportPath(), { colorScheme: theme });
    await page.$$eval("details", (all) => all.map((one) => one.setAttribute("open", "")));
    expect(await poorlyReadable(page)).toEqual([]);
    const ground = await page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(ground).toBe(theme === "light" ? "rgb(255, 255, 255)" : "rgb(20, 23, 27)");
    await page.close();
  });

  test.each([320, 390, 1200])("nothing sticks out of a page %i wide", async (width) => {
    const { page } = await open(reportPath(), { viewport: { width, height: 800 } });
    await page.$$eval("details", (all) => all.map((one) => one.setAttribute("open", "")));
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    expect(await page.locator(width < 720 ? ".narrow svg" : ".wide svg").isVisible()).toBe(true);
    await page.close();
  });

  test("on paper everything stands open and nothing is cut off", async () => {
    // The printable width of A4 within the margins of the page.
    const { page } = await open(reportPath(), { viewport: { width: 695, height: 1000 } });
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("nav").isVisible()).toBe(false);
    const diffs = await page.locator("table.diff").all();
    for (const diff of diffs) expect(await diff.isVisible()).toBe(true);
    const cut = await page.$$eval("main *", (all) =>
      all
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > 696)
        .map((one) => one.outerHTML.slice(0, 100)),
    );
    expect(cut).toEqual([]);
    const scrolling = await page.$$eval(
      ".code",
      (all) =>
        all.filter((one) => one.checkVisibility() && one.scrollHeight > one.clientHeight + 1)
          .length,
    );
    expect(scrolling).toBe(0);
    expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(20_000);
    await page.close();
  });
}
