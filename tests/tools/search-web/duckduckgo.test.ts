import { afterEach, expect, test, vi } from "vitest";
import { memoryLog } from "../../../src/record/event-log.ts";
import { journalOf } from "../../../src/record/journal.ts";
import { searchWeb } from "../../../tools/search-web/search-web.ts";
import { loopbackServer } from "../../support/loopback-server.ts";

afterEach(() => vi.unstubAllEnvs());

const row = {
  t: "Boosting",
  a: "It does &amp; well.",
  u: "https://unreachable.invalid/b",
  n: undefined,
};
const RESULTS = `DDG.pageLayout.load('d',${JSON.stringify([row, { n: "/next" }])});DDG.duckbar.load('images'`;

test("duckduckgo is asked and understood as it answers its own page", async () => {
  await using server = await loopbackServer(({ path }, response) => {
    const body = path.includes("d.js") ? RESULTS : "<script>vqd='4-123456789'</script>";
    response.writeHead(200, { "content-type": "text/html" }).end(body);
  });
  // The tool's own client has no setting for its address, but it asks a proxy when one is named.
  vi.stubEnv("HTTPS_PROXY", server.url);
  vi.stubEnv("HTTP_PROXY", server.url);
  vi.stubEnv("NO_PROXY", "");
  const pages = await searchWeb({
    journal: journalOf(memoryLog()),
    provider: "duckduckgo",
    environment: {},
  })("boosting", { at: "track-1/models" });
  expect(pages).toEqual([
    { url: "https://unreachable.invalid/b", title: "Boosting", text: "It does & well." },
  ]);
  expect(server.received.map(({ path }) => new URL(path).host)).toContain("links.duckduckgo.com");
});

test("duckduckgo turning a scraper away is told, and finds nothing", async () => {
  await using server = await loopbackServer((_, response) => {
    response.writeHead(202, { "content-type": "text/html" }).end("Are you a robot?");
  });
  vi.stubEnv("HTTPS_PROXY", server.url);
  vi.stubEnv("HTTP_PROXY", server.url);
  const problems: string[] = [];
  const search = searchWeb({
    journal: journalOf(memoryLog()),
    provider: "duckduckgo",
    environment: {},
    retrySeconds: 0.01,
    onProblem: (problem) => problems.push(problem),
  });
  expect(await search("boosting", { at: "track-1/models" })).toEqual([]);
  expect(problems).toEqual([expect.stringContaining("Failed to get the VQD")]);
});
