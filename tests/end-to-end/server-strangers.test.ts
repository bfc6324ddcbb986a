import { existsSync, mkdtempSync, readdirSync, symlinkSync } from "node:fs";
import { connect } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chromiumPath, NO_CHROMIUM, startChromium } from "../support/chromium.ts";
import { type DevServer, devServer } from "../support/dev-server.ts";
import { loopbackServer } from "../support/loopback-server.ts";
import { REQUESTS, type WireRequest } from "../support/stranger-requests.ts";

const home = mkdtempSync(join(tmpdir(), "mle-star-strangers-"));
const folder = resolve("examples/digits");
const FRIEND = "http://friend.example";
const away = mkdtempSync(join(tmpdir(), "mle-star-strangers-"));
/** The one that is used as usual, and one that other machines reach, where no sandbox is installed. */
let server: DevServer;
let open: DevServer;

beforeAll(async () => {
  const programs = mkdtempSync(join(tmpdir(), "mle-star-programs-"));
  for (const name of readdirSync("/usr/bin"))
    if (name !== "bwrap") symlinkSync(join("/usr/bin", name), join(programs, name));
  [server, open] = await Promise.all([
    devServer(home, { MLE_STAR_HEARTBEAT_SECONDS: "0.2" }, ["--allow-origin", FRIEND]),
    devServer(away, { PATH: programs }, ["--host", "0.0.0.0", "--allow-host", "gpu.example"]),
  ]);
});
afterAll(async () => {
  await Promise.all([server, open].map((one) => one?.[Symbol.asyncDispose]()));
});

/** Sends the bytes as they are, which no client would, and gives the status and the text of the answer. */
function onTheWire(
  { method = "GET", target = "/info", headers = {}, bodyBytes }: Omit<WireRequest, "what" | "gets">,
  { host, port }: { host: string; port: number },
): Promise<{ status: number; text: string }> {
  const length = bodyBytes === undefined ? {} : { "content-length": String(bodyBytes) };
  const announced = "transfer-encoding" in headers ? {} : length;
  const all = { host: "localhost", connection: "close", ...announced, ...headers };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return new Promise((done, fail) => {
    const socket = connect(port, host);
    let answer = "";
    socket.setEncoding("latin1").on("data", (part) => {
      answer += part;
      if (/\r\n\r\n/.test(answer) && bodyBytes !== 2 && bodyBytes !== undefined) socket.end();
    });
    // A server that refuses a long body may hang up on the rest of it.
    socket.on("error", (error) => (answer === "" ? fail(error) : undefined));
    socket.on("close", () => {
      const [, status] = /^HTTP\/1\.1 (\d+)/.exec(answer) ?? [];
      done({ status: Number(status), text: answer.split("\r\n\r\n")[1] ?? "" });
    });
    socket.write(`${method} ${target} HTTP/1.1\r\n${head.join("\r\n")}\r\n\r\n`);
    if ("transfer-encoding" in headers) socket.write("2\r\n{}\r\n0\r\n\r\n");
    else if (bodyBytes !== undefined)
      socket.write(`{}${" ".repeat(Math.min(bodyBytes, 65_536) - 2)}`);
  });
}

const loopback = () => ({ host: "127.0.0.1", port: server.port });
const threads = () => server.client.threads.search({ limit: 100 });
const runsIn = (at: string) => (existsSync(join(at, "runs")) ? readdirSync(join(at, "runs")) : []);

test("strangers are refused over real sockets as in the table, and friends are answered", async () => {
  for (const { what, gets, ...request } of REQUESTS) {
    const { status } = await onTheWire(request, loopback());
    // The first line of a request is Node's to judge before ours.
    const wanted = gets === null ? [200] : gets === 405 ? [405, 400] : [gets];
    expect(wanted, `${what} got ${status}`).toContain(status);
  }
  // Only those of the table that pass have made a thread.
  const friends = REQUESTS.filter(({ gets, method }) => gets === null && method === "POST");
  expect(await threads()).toHaveLength(friends.length);
});

test("a body that does not come holds nobody else up, and is given up", async () => {
  const slow = onTheWire(
    {
      method: "POST",
      target: "/threads",
      headers: { "content-type": "application/json" },
      bodyBytes: 100_000,
    },
    loopback(),
  );
  expect((await onTheWire({}, loopback())).status).toBe(200);
  expect(await slow).toEqual({ status: 408, text: "body: it did not arrive in 10 s" });
});

const begin = (body: unknown) =>
  fetch(`http://127.0.0.1:${server.port}/runs/wait`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

test("bad input is a 4xx with a sentence, and leaves no folder", async () => {
  const given = { assistant_id: "mle-star", input: { folder } };
  for (const [body, status, says] of [
    ["{", 400, /JSON/],
    [{ ...given, assistant_id: "nobody" }, 404, /nobody/],
    [{ ...given, assistant_id: 7 }, 400, /assistant_id/],
    [{ ...given, input: { folder: "/nowhere" } }, 422, /\/nowhere does not exist/],
    [{ ...given, input: { folder: 7 } }, 422, /^input: folder: .*expected string/],
    [{ ...given, input: { folder, models: "many" } }, 422, /^input: models: .*expected array/],
    [{ ...given, assistant_id: "refinement" }, 422, /^input: script: give the script/],
    [{ ...given, assistant_id: "ensemble" }, 422, /^input: scripts: .*two or more/],
    [{ ...given, context: 7 }, 422, /^configuration: .*expected object/],
    [{ ...given, context: { tracks: "many" } }, 422, /^configuration: tracks: .*expected number/],
  ] as const) {
    const answer = await begin(body);
    expect([answer.status, await answer.text()]).toEqual([status, expect.stringMatching(says)]);
  }
  // What only the run finds out ends it in its sentence.
  const late = await (await begin({ ...given, input: [1] })).text();
  expect(late).toMatch(/SettingsError.*there is no run to go on with/);
  expect(runsIn(home)).toEqual([]);
});

test("a page of another server gets nothing done in a real browser, and an allowed one does", async (context) => {
  const browserPath = chromiumPath();
  if (browserPath === null) return context.skip(NO_CHROMIUM);
  const page = `<title>strange</title><form id=form method=post enctype=text/plain><input name='{"a":"' value='"}'></form>`;
  await using strange = await loopbackServer((_, response) => {
    response.setHeader("content-type", "text/html").end(page);
  });
  const { port: strangePort } = new URL(strange.url);
  const rules = `MAP evil.example 127.0.0.1, MAP friend.example:80 127.0.0.1:${strangePort}`;
  const browser = await startChromium(browserPath, [`--host-resolver-rules=${rules}`]);
  const before = (await threads()).length;
  try {
    const tab = await browser.newPage();
    /** Each way a page has to ask for something, and what it got. */
    const attack = (at: string) =>
      tab.evaluate(async (address) => {
        const post = async (init: RequestInit) => {
          try {
            const answer = await fetch(`${address}/threads`, {
              method: "POST",
              body: "{}",
              ...init,
            });
            return answer.type === "opaque" ? "opaque" : String(answer.status);
          } catch {
            return "blocked";
          }
        };
        const json = { headers: { "content-type": "application/json" } };
        const socket = new WebSocket(
          `${address.replace("http", "ws")}/threads/01a20137-5013-71aa-bd83-ec5e0b7e11dd/stream/events`,
        );
        const opened = await new Promise<string>((done) => {
          socket.onopen = () => done("opened");
          socket.onerror = () => done("blocked");
        });
        navigator.sendBeacon(`${address}/threads`, "{}");
        const read = await fetch(`${address}/info`).then(
          ({ status }) => String(status),
          () => "blocked",
        );
        return {
          json: await post(json),
          text: await post({ headers: { "content-type": "text/plain" } }),
          simple: await post({ mode: "no-cors", headers: { "content-type": "text/plain" } }),
          opened,
          read,
        };
      }, at);
    const own = `http://127.0.0.1:${server.port}`;
    await tab.goto(strange.url);
    const nothing = {
      json: "blocked",
      text: "blocked",
      simple: "opaque",
      opened: "blocked",
      read: "blocked",
    };
    expect(await attack(own)).toEqual(nothing);
    await tab.locator("#form").evaluate((form, action) => {
      if (!(form instanceof HTMLFormElement)) throw new Error("it is no form");
      form.action = action;
      form.submit();
    }, `${own}/threads`);
    await tab.waitForURL(`${own}/threads`);
    expect(await tab.locator("body").innerText()).toMatch(
      /^Origin http:\/\/127\.0\.0\.1:\d+: its pages may not/,
    );

    // A name of its own that now leads here: to the browser these are pages of one server.
    const rebound = `http://evil.example:${server.port}`;
    const answer = await tab.goto(`${rebound}/info`);
    expect([answer?.status(), await answer?.text()]).toEqual([
      403,
      expect.stringMatching(/^Host evil/),
    ]);
    expect(await attack(rebound)).toEqual({
      json: "403",
      text: "403",
      simple: "403",
      opened: "blocked",
      read: "403",
    });
    expect(await threads()).toHaveLength(before);

    await tab.goto(FRIEND);
    expect(await attack(own)).toMatchObject({ json: "200", read: "200" });
    expect(await threads()).toHaveLength(before + 1);
  } finally {
    await browser.close();
  }
});

test("a stream that has nothing to say beats until its run has ended", async () => {
  const { client } = server;
  const { thread_id: thread } = await client.threads.create();
  const answer = await fetch(`http://127.0.0.1:${server.port}/threads/${thread}/runs/stream`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      assistant_id: "mle-star",
      input: { folder },
      context: { preset: "quick", review: ["models"] },
      stream_mode: ["values"],
    }),
  });
  const text = await answer.text();
  expect(text).toMatch(/^: heartbeat\n\n/m);
  const events = text.replaceAll(": heartbeat\n\n", "").trim().split("\n\n");
  for (const event of events) expect(event).toMatch(/^event: .+\ndata: .+/);
  expect(events.some((event) => event.includes("__interrupt__"))).toBe(true);
});

test("on every address the server asks for the token that it shows, and only by names it knows", async (context) => {
  const addresses = Object.values(networkInterfaces()).flatMap((list = []) => list);
  const outer = addresses.find(({ family, internal }) => family === "IPv4" && !internal)?.address;
  if (outer === undefined) return context.skip("this machine has no address but loopback");
  const [, token = ""] = /^Token +(\S+)/m.exec(open.output()) ?? [];
  expect(token.length).toBeGreaterThanOrEqual(32);
  const by = async (headers: Record<string, string>) =>
    (await onTheWire({ headers }, { host: outer, port: open.port })).status;
  const authorization = `Bearer ${token}`;
  expect(await by({})).toBe(401);
  expect(await by({ authorization: `Bearer ${token.slice(1)}x` })).toBe(401);
  expect(await by({ "x-auth-scheme": "langsmith" })).toBe(401);
  expect(await by({ authorization })).toBe(200);
  expect(await by({ authorization, host: "gpu.example" })).toBe(200);
  expect(await by({ authorization, host: "evil.example" })).toBe(403);
  expect(await open.client.threads.search()).toEqual([]);
  // And this machine's own refuses the others without one.
  await expect(fetch(`http://${outer}:${server.port}/info`)).rejects.toThrow();
});

test("where no sandbox works, what a caller hands in is not run: the sentence says why, and there is no folder", async () => {
  const hostile =
    "import os\nopen('/tmp/mle-star-was-here', 'w')\nprint('Final Validation Performance: 1.0')\n";
  const model = { name: "Mine", description: "", exampleCode: hostile, sources: [] };
  for (const [graph, input] of [
    ["refinement", { folder, script: hostile }],
    ["ensemble", { folder, scripts: [hostile, hostile] }],
    ["mle-star", { folder, models: [model] }],
  ] as const) {
    const { thread_id } = await open.client.threads.create();
    const end = JSON.stringify(
      await open.client.runs.wait(thread_id, graph, { input, raiseError: false }),
    );
    expect(end).toMatch(/SettingsError.*sandbox/);
  }
  expect(runsIn(away)).toEqual([]);
  expect(existsSync("/tmp/mle-star-was-here")).toBe(false);
});
