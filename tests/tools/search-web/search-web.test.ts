import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ofType } from "../../../src/record/event.ts";
import { memoryLog, openEventLog, readEvents } from "../../../src/record/event-log.ts";
import { journalOf } from "../../../src/record/journal.ts";
import { searchWeb } from "../../../tools/search-web/search-web.ts";
import { loopbackServer } from "../../support/loopback-server.ts";

/** A SearXNG instance that finds pages on itself. */
const instance = (paths: string[]) =>
  loopbackServer(({ path, headers }, response) => {
    if (path.startsWith("/search")) {
      const results = paths.map((one) => ({
        url: `http://${headers.host}${one}`,
        title: `Title of ${one}`,
        content: `Snippet of ${one}`,
      }));
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ results, answers: [], infoboxes: [], suggestions: [] }));
    } else if (path === "/missing") response.writeHead(404).end();
    else response.writeHead(200, { "content-type": "text/plain" }).end(`Whole text of ${path}`);
  });

test("the best pages are read, and of the others the search's own words are kept", async () => {
  await using server = await instance(["/a", "/missing", "/c", "/d", "/e"]);
  const environment = { SEARXNG_API_BASE: server.url };
  const search = searchWeb({
    journal: journalOf(memoryLog()),
    provider: "searxng",
    environment,
    allowPrivate: true,
  });
  const pages = await search("boosting", { at: "track-1/models" });
  expect(pages.map(({ text }) => text)).toEqual([
    "Snippet of /a\n\nWhole text of /a",
    "Snippet of /missing",
    "Snippet of /c\n\nWhole text of /c",
    "Snippet of /d\n\nWhole text of /d",
    "Snippet of /e",
  ]);
});

test("pages on this machine are not read unless the user allows it", async () => {
  await using server = await instance(["/secret"]);
  const environment = { SEARXNG_API_BASE: server.url };
  const pages = await searchWeb({
    journal: journalOf(memoryLog()),
    provider: "searxng",
    environment,
  })("boosting", { at: "track-1/models" });
  expect(pages.map(({ text }) => text)).toEqual(["Snippet of /secret"]);
  expect(server.received).toHaveLength(1);
});

test("an abort is thrown, not taken for a search that found nothing", async () => {
  await using server = await loopbackServer(() => {});
  const abort = new AbortController();
  setTimeout(() => abort.abort(new Error("enough")), 50);
  const search = searchWeb({
    journal: journalOf(memoryLog()),
    provider: "searxng",
    environment: { SEARXNG_API_BASE: server.url },
  });
  await expect(search("boosting", { at: "track-1/models", signal: abort.signal })).rejects.toThrow(
    "enough",
  );
});

const opened = (file: string) =>
  journalOf(openEventLog(file, { now: () => new Date(0), clock: () => 0, onEvent: () => {} }));

test("a run that goes on neither searches nor reads again, also not what failed", async () => {
  await using server = await instance(["/a", "/missing"]);
  const file = join(mkdtempSync(join(tmpdir(), "mle-star-search-")), "scratchpad.jsonl");
  const asked = () => {
    const environment = { SEARXNG_API_BASE: server.url };
    const journal = opened(file);
    const search = searchWeb({ provider: "searxng", environment, journal, allowPrivate: true });
    return search("boosting", { at: "track-1/models" });
  };
  const pages = await asked();
  expect(server.received).toHaveLength(3);
  expect(await asked()).toEqual(pages);
  expect(server.received).toHaveLength(3);
  expect(
    ofType(readEvents(file), "page")
      .map(({ page }) => page?.text ?? null)
      .sort(),
  ).toEqual(["Whole text of /a", null]);
});

test("a search that failed is recorded as one without hits, one that was aborted not at all", async () => {
  await using server = await loopbackServer(({ path }, response) => {
    if (path.includes("refused")) response.writeHead(500).end();
  });
  const journal = journalOf(memoryLog());
  const environment = { SEARXNG_API_BASE: server.url };
  const search = searchWeb({ provider: "searxng", environment, journal, retrySeconds: 0 });
  expect(await search("refused", { at: "" })).toEqual([]);
  const signal = AbortSignal.timeout(100);
  await expect(search("endless", { at: "", signal })).rejects.toThrow();
  expect(journal.events).toMatchObject([{ type: "search", query: "refused", hits: [] }]);
});
