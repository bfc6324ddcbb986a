import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { fetchPage } from "../../../tools/search-web/fetch-page.ts";
import { loopbackServer } from "../../support/loopback-server.ts";

const page = (response: ServerResponse, body: string | Buffer, headers = {}) =>
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...headers }).end(body);

test.each([
  "http://127.0.0.1:80/",
  "http://[::1]/",
  "http://[::ffff:127.0.0.1]/",
  "http://0x7f.1/",
  "http://2130706433/",
  "http://169.254.169.254/latest/meta-data/",
  "http://localhost:2/",
  "file:///etc/passwd",
  "ftp://example.org/",
  "http://me:secret@example.org/",
  "no address",
])("%s is refused before anything is sent", async (address) => {
  await expect(fetchPage(address)).rejects.toThrow(
    /no public address|only http and https|carries a password|is no address/,
  );
});

test("the text of a page comes with its final address", async () => {
  await using server = await loopbackServer(({ path }, response) => {
    if (path === "/old") response.writeHead(301, { location: "/new" }).end();
    else page(response, "<p>Grüße</p>");
  });
  const fetched = await fetchPage(`${server.url}/old`, { allowPrivate: true });
  expect(fetched).toMatchObject({ url: `${server.url}/new`, body: "<p>Grüße</p>" });
});

test("a redirect is checked like the address itself", async () => {
  await using server = await loopbackServer((_, response) => {
    response.writeHead(302, { location: "file:///etc/passwd" }).end();
  });
  await expect(fetchPage(server.url, { allowPrivate: true })).rejects.toThrow(
    "only http and https",
  );
});

test("redirects in a circle end", async () => {
  await using server = await loopbackServer((_, response) => {
    response.writeHead(302, { location: "/" }).end();
  });
  await expect(fetchPage(server.url, { allowPrivate: true })).rejects.toThrow("from one redirect");
  expect(server.received).toHaveLength(6);
});

test("a page is read up to its bound", async () => {
  await using server = await loopbackServer((_, response) => {
    page(response, Buffer.alloc(50_000_000, "a"));
  });
  const { body } = await fetchPage(server.url, { allowPrivate: true });
  expect(body).toHaveLength(3_000_000);
});

test("a page that comes packed, though it was not to, is not read", async () => {
  await using server = await loopbackServer(({ headers }, response) => {
    expect(headers["accept-encoding"]).toBe("identity");
    page(response, gzipSync("<p>text</p>"), { "content-encoding": "gzip" });
  });
  await expect(fetchPage(server.url, { allowPrivate: true })).rejects.toThrow(
    "has no text to read",
  );
});

test("images and missing pages have no text to read", async () => {
  await using server = await loopbackServer(({ path }, response) => {
    response.writeHead(path === "/image" ? 200 : 404, { "content-type": "image/png" }).end("x");
  });
  for (const path of ["/image", "/missing"])
    await expect(fetchPage(`${server.url}${path}`, { allowPrivate: true })).rejects.toThrow(
      "has no text to read",
    );
});

test("an abort ends the fetching of a page that does not come", async () => {
  await using server = await loopbackServer(() => {});
  const abort = new AbortController();
  setTimeout(() => abort.abort(), 50);
  const started = Date.now();
  await expect(
    fetchPage(server.url, { allowPrivate: true, signal: abort.signal }),
  ).rejects.toThrow();
  expect(Date.now() - started).toBeLessThan(2000);
});
