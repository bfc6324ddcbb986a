import { createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { memoryLog } from "../../../src/record/event-log.ts";
import { journalOf } from "../../../src/record/journal.ts";
import { fetchPage } from "../../../tools/search-web/fetch-page.ts";
import { readPage } from "../../../tools/search-web/read-page.ts";
import { searchWeb } from "../../../tools/search-web/search-web.ts";
import { loopbackServer } from "../../support/loopback-server.ts";

type Speak = (socket: Socket) => unknown;

/** A server that says to whoever connects what it likes. */
async function rudeServer(speak: Speak) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", () => void speak(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("it has no port");
  return {
    url: `http://127.0.0.1:${address.port}/`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const says =
  (head: string, body: string | Buffer = ""): Speak =>
  (socket) => {
    socket.write(`HTTP/1.1 ${head}\r\n\r\n`);
    socket.end(body);
  };
const page = (type: string, body: string | Buffer, more = "") =>
  says(`200 OK\r\nContent-Type: ${type}${more}`, body);
const bomb = Buffer.alloc(20_000_000, "a");

/** What each is read as: its text, or why it has none. */
const HOSTILE: Record<string, [speak: Speak, told: RegExp]> = {
  "another protocol": [
    says("101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket"),
    /another protocol/,
  ],
  "a promise to go on without end": [
    async (socket) => {
      while (!socket.destroyed) {
        socket.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
        await sleep(20);
      }
    },
    /longer than 3 seconds/,
  ],
  "nothing at all": [(socket) => socket.end(), /socket hang up|ended/],
  "a reset": [(socket) => socket.resetAndDestroy(), /ECONNRESET|hang up/],
  silence: [() => {}, /longer than 3 seconds/],
  "a slow drip": [
    async (socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
      while (!socket.destroyed) {
        socket.write("<p>");
        await sleep(20);
      }
    },
    /longer than 3 seconds/,
  ],
  "a drip of headers": [
    async (socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      while (!socket.destroyed) {
        socket.write("X-A: 1\r\n");
        await sleep(20);
      }
    },
    /longer than 3 seconds/,
  ],
  "headers without measure": [says(`200 OK\r\nX-A: ${"a".repeat(200_000)}`), /Header|parse/i],
  "no HTTP": [(socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"), /Parse Error/],
  "two lengths": [
    says("200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\nContent-Length: 6", "abcdef"),
    /Parse Error/,
  ],
  "fewer bytes than it said": [
    page("text/plain", "abc", "\r\nContent-Length: 5000"),
    /aborted|ECONNRESET|closed/,
  ],
  "a status that there is not": [says("999 Strange\r\nContent-Type: text/html", "x"), /999/],
  "a redirect to nowhere": [says("302 Found\r\nLocation: http://[bad"), /no address/],
  "a redirect to a file": [says("302 Found\r\nLocation: file:///etc/passwd"), /only http/],
  "a redirect to itself": [says("302 Found\r\nLocation: /"), /one redirect to the next/],
  "a gzip bomb": [
    page("text/html", gzipSync(bomb), "\r\nContent-Encoding: gzip"),
    /no text to read/,
  ],
  "a brotli bomb": [
    page("text/html", brotliCompressSync(bomb), "\r\nContent-Encoding: br"),
    /no text to read/,
  ],
  "a picture": [page("image/png", bomb), /no text to read/],
  "no content type": [says("200 OK", "text"), /no text to read/],
  "bytes without end": [page("text/plain", bomb), /^a+$/],
  "a charset that there is not": [page("text/plain; charset=klingon", "Grüße"), /Grüße/],
  "an old charset": [page("text/plain; charset=shift_jis", Buffer.from([0x83, 0x65])), /テ/],
  "wide characters": [page("text/plain; charset=utf-16le", Buffer.from("Grüße", "utf16le")), /Grü/],
  "bytes of no charset": [page("text/html", Buffer.from([0xff, 0xfe, 0xc0, 65])), /A/],
  zeros: [page("text/html", Buffer.alloc(1000)), /^/],
  "markup without end": [page("text/html", "<p>word ".repeat(20_000)), /word/],
  "attributes without end": [page("text/html", `<p ${'a="b" '.repeat(20_000)}>word`), /word/],
  "a template of a template": [page("text/html", "<template>".repeat(3000)), /^/],
  "nested tables": [page("text/html", "<table><tr><td>word, word".repeat(4000)), /word, word/],
};

test("a hostile answer gives a text or says why not, and the program goes on", async () => {
  const read = async ([name, [speak, told]]: [string, (typeof HOSTILE)[string]]) => {
    await using server = await rudeServer(speak);
    const said = await fetchPage(server.url, { allowPrivate: true, seconds: 3 })
      .then((fetched) => readPage(fetched, { seconds: 1 }))
      .then(({ text }) => text)
      .catch((error: Error) => `${error.name}: ${error.message}`);
    expect({ name, said: said.slice(0, 200) }).toEqual({
      name,
      said: expect.stringMatching(told),
    });
    if (said.includes("not read")) expect(said).toMatch(/^ToolError: .*[^.]\.$/);
    expect(said.length).toBeLessThanOrEqual(24_000);
  };
  await Promise.all(Object.entries(HOSTILE).map(read));
});

test("a search goes on where a page that it found is hostile", async () => {
  await using server = await rudeServer(HOSTILE["another protocol"]?.[0] ?? (() => {}));
  const results = [{ url: server.url, title: "Bad", content: "Said of it." }];
  await using searxng = await loopbackServer((_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ results, answers: [], infoboxes: [], suggestions: [] }));
  });
  const found = await searchWeb({
    provider: "searxng",
    environment: { SEARXNG_API_BASE: searxng.url },
    journal: journalOf(memoryLog()),
    allowPrivate: true,
  })("boosting", { at: "track-1" });
  expect(found).toEqual([{ url: server.url, title: "Bad", text: "Said of it." }]);
});

test("reading a page ends with its run", async () => {
  const stop = new AbortController();
  const slow = { contentType: "text/html", body: "<table><tr><td>a, b".repeat(8000) };
  const reading = readPage(slow, { signal: stop.signal });
  setTimeout(() => stop.abort(new Error("stopped")), 200);
  await expect(reading).rejects.toThrow("stopped");
});
