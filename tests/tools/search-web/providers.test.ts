import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import type { SearchWeb } from "../../../src/core/ports.ts";
import { memoryLog } from "../../../src/record/event-log.ts";
import { journalOf } from "../../../src/record/journal.ts";
import { defaultSearch } from "../../../tools/search-web/providers.ts";
import { searchWeb } from "../../../tools/search-web/search-web.ts";
import { loopbackServer, type Received } from "../../support/loopback-server.ts";

const title = "Boosting";
const url = "https://unreachable.invalid/boosting";
const hit = { url, title, text: "It does well." };

/** The services whose address is fixed in their tools: here their requests go to the loopback server. */
const FIXED = [
  "https://api.search.brave.com",
  "https://google.serper.dev",
  "https://www.googleapis.com",
];
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});
function redirectTo(server: string) {
  const original = globalThis.fetch;
  vi.stubGlobal("fetch", (input: string | URL, init?: RequestInit) => {
    const origin = FIXED.find((one) => String(input).startsWith(one));
    return original(origin ? String(input).replace(origin, server) : input, init);
  });
}

const SERVICES = {
  tavily: {
    environment: (server: string) => ({ TAVILY_API_KEY: "key", TAVILY_BASE_URL: server }),
    answer: { results: [{ url, title, content: "It does well." }] },
    sent: ({ body, headers }: Received) => [body, headers.authorization],
  },
  searxng: {
    environment: (server: string) => ({ SEARXNG_API_BASE: server }),
    answer: {
      results: [{ url, title, content: "It does well." }],
      answers: [],
      infoboxes: [],
      suggestions: [],
    },
    sent: ({ path }: Received) => path,
  },
  brave: {
    environment: () => ({ BRAVE_SEARCH_API_KEY: "key" }),
    answer: { web: { results: [{ url, title, description: "It does well." }] } },
    sent: ({ path, headers }: Received) => [path, headers["x-subscription-token"]],
  },
  serper: {
    environment: () => ({ SERPER_API_KEY: "key" }),
    answer: {
      answerBox: { answer: "42" },
      organic: [{ link: url, title, snippet: "It does well." }],
    },
    sent: ({ path, body, headers }: Received) => [path, body, headers["x-api-key"]],
  },
  "google-cse": {
    environment: () => ({ GOOGLE_CSE_API_KEY: "key", GOOGLE_CSE_ID: "engine" }),
    answer: { items: [{ link: url, title, snippet: "It does well." }] },
    sent: ({ path }: Received) => path,
  },
  openai: {
    environment: (server: string) => ({ OPENAI_API_KEY: "key", OPENAI_BASE_URL: `${server}/v1` }),
    answer: {
      ...{ id: "resp_1", object: "response", model: "gpt-5-mini", status: "completed" },
      output: [
        { type: "web_search_call", id: "ws_1", status: "completed" },
        {
          ...{ type: "message", id: "msg_1", role: "assistant", status: "completed" },
          content: [
            {
              ...{ type: "output_text", text: "It does well." },
              annotations: [{ type: "url_citation", url, title, start_index: 0, end_index: 4 }],
            },
          ],
        },
      ],
    },
    sent: ({ path, body }: Received) => [
      path,
      z.looseObject({ tools: z.unknown() }).parse(body).tools,
    ],
  },
  "google-genai": {
    environment: (server: string) => ({ GEMINI_API_KEY: "key", GOOGLE_GENAI_BASE_URL: server }),
    answer: {
      candidates: [
        {
          content: { role: "model", parts: [{ text: "It does well." }] },
          finishReason: "STOP",
          groundingMetadata: { groundingChunks: [{ web: { uri: url, title } }] },
        },
      ],
    },
    sent: ({ body }: Received) => z.looseObject({ tools: z.unknown() }).parse(body).tools,
  },
};
const SERVICE_NAMES = ["tavily", "searxng", "brave", "serper", "google-cse"] as const;
const NAMES = [...SERVICE_NAMES, "openai", "google-genai"] as const;

async function searching(name: (typeof NAMES)[number], status: number, answer: unknown) {
  const server = await loopbackServer((_, response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  redirectTo(server.url);
  const problems: string[] = [];
  const search: SearchWeb = searchWeb({
    journal: journalOf(memoryLog()),
    provider: name,
    environment: SERVICES[name].environment(server.url),
    onProblem: (problem) => problems.push(problem),
    retrySeconds: 0.01,
  });
  return { server, search, problems };
}

test.each(NAMES)("%s is asked and understood in its wire format", async (name) => {
  const { server, search } = await searching(name, 200, SERVICES[name].answer);
  await using _ = server;
  expect(await search("boosting for tables", { at: "track-1/models" })).toEqual([hit]);
  const [request] = server.received;
  expect(request && SERVICES[name].sent(request)).toMatchSnapshot();
});

test.each(NAMES)(
  "%s refusing a request is told, after one more try, and finds nothing",
  async (name) => {
    const { server, search, problems } = await searching(name, 401, {
      detail: { error: "bad key" },
    });
    await using _ = server;
    // Events go to standard output: a tool that prints would tear them.
    const printed = vi.spyOn(console, "log").mockImplementation(() => {});
    expect(await search("boosting", { at: "track-1/models" })).toEqual([]);
    expect(printed).not.toHaveBeenCalled();
    expect(server.received).toHaveLength(2);
    expect(problems).toEqual([expect.stringContaining(`The search by ${name} failed: `)]);
  },
);

test.each(["tavily", "serper"] as const)("an endless answer of %s is not taken", async (name) => {
  const endless = { results: [], organic: [], more: "x".repeat(5 * 2 ** 20) };
  const { server, search, problems } = await searching(name, 200, endless);
  await using _ = server;
  expect(await search("boosting", { at: "track-1/models" })).toEqual([]);
  expect(problems).toEqual([expect.stringContaining("an answer of more than 4 MB")]);
});

test.each(SERVICE_NAMES)("%s finding nothing is no problem", async (name) => {
  const empty = { results: [], web: {}, organic: [], answers: [], infoboxes: [], suggestions: [] };
  const { server, search, problems } = await searching(name, 200, empty);
  await using _ = server;
  expect(await search("boosting", { at: "track-1/models" })).toEqual([]);
  expect(problems).toEqual([]);
});

test("an unknown search lists the known ones, and a missing key names its variable", () => {
  const environment = {};
  expect(() =>
    searchWeb({ journal: journalOf(memoryLog()), provider: "bing", environment }),
  ).toThrow(/Unknown search "bing".*none, tavily, searxng, brave, serper, google-cse, duckduckgo/);
  expect(() =>
    searchWeb({ journal: journalOf(memoryLog()), provider: "brave", environment }),
  ).toThrow(/BRAVE_SEARCH_API_KEY/);
});

test("without a name, the search whose key is there is used", async () => {
  expect(defaultSearch({ SERPER_API_KEY: "k" })).toBe("serper");
  expect(defaultSearch({ GOOGLE_API_KEY: "k" })).toBe("none");
  expect(
    await searchWeb({ journal: journalOf(memoryLog()), provider: "none", environment: {} })(
      "boosting",
      { at: "track-1/models" },
    ),
  ).toEqual([]);
});
