import { expect, test } from "vitest";
import { factsOf, type GuardPolicy, refusal } from "../../src/server/guard.ts";
import { policyIn, tokenFor } from "../../src/server/guard-policy.ts";
import { REQUESTS, type WireRequest } from "../support/stranger-requests.ts";

const TOKEN = "a-token-of-twenty-letters";

function statusOf(
  { method = "GET", target = "/info", headers = {}, bodyBytes = 0 }: Partial<WireRequest>,
  {
    policy = policyIn({}),
    remoteAddress = "127.0.0.1",
  }: { policy?: GuardPolicy; remoteAddress?: string } = {},
) {
  const all: Record<string, string> = {
    host: "localhost",
    "content-length": String(bodyBytes),
    ...headers,
  };
  const facts = factsOf({ method, target, header: (name) => all[name], remoteAddress });
  return refusal(facts, policy)?.status ?? null;
}

test.each(REQUESTS)("$what: $gets", ({ gets, ...request }) => {
  expect(statusOf(request)).toBe(gets);
});

test("a refusal says in a sentence what was wrong, and what to do", () => {
  const facts = factsOf({
    method: "GET",
    target: "/",
    header: (name) => (name === "host" ? "mine.example" : undefined),
    remoteAddress: "::1",
  });
  expect(refusal(facts, policyIn({}))).toEqual({
    status: 403,
    sentence: "Host mine.example: this server does not go by that name; allow it by --allow-host",
  });
  expect(refusal(facts, policyIn({ MLE_STAR_ALLOW_HOST: "Mine.example" }))).toBeNull();
});

test("a page is allowed by its whole origin and by nothing less", () => {
  const policy = policyIn({ MLE_STAR_ALLOW_ORIGIN: "http://localhost:3000,https://chat.example" });
  const by = (origin: string) => statusOf({ headers: { origin } }, { policy });
  expect(["http://localhost:3000", "https://chat.example"].map(by)).toEqual([null, null]);
  expect(["http://localhost:300", "http://chat.example"].map(by)).toEqual([403, 403]);
});

test("another machine is answered with the token only, and the token is asked of everyone", () => {
  const open = policyIn({});
  expect(statusOf({}, { policy: open, remoteAddress: "192.0.2.7" })).toBe(403);
  expect(statusOf({}, { policy: open, remoteAddress: "::ffff:127.0.0.1" })).toBeNull();
  const policy = policyIn({ MLE_STAR_TOKEN: TOKEN });
  const by = (headers: Record<string, string>, remoteAddress = "192.0.2.7") =>
    statusOf({ headers }, { policy, remoteAddress });
  expect(by({ authorization: `Bearer ${TOKEN}` })).toBeNull();
  expect(by({ "x-api-key": TOKEN })).toBeNull();
  expect(by({}, "127.0.0.1")).toBe(401);
  for (const wrong of [TOKEN.slice(1), `${TOKEN}x`, TOKEN.toUpperCase(), ""])
    expect(by({ authorization: `Bearer ${wrong}` }), wrong).toBe(401);
  expect(by({ "x-auth-scheme": "langsmith" })).toBe(401);
});

test("a token is made only where other machines can reach the server, and a short one is refused", () => {
  expect(["127.0.0.1", "localhost", "::1"].map((host) => tokenFor(host, undefined))).toEqual([
    null,
    null,
    null,
  ]);
  const made = ["0.0.0.0", "::", "10.0.0.1"].map((host) => tokenFor(host, ""));
  expect(new Set(made).size).toBe(3);
  expect(made.every((token) => token !== null && token.length >= 32)).toBe(true);
  expect(tokenFor("127.0.0.1", TOKEN)).toBe(TOKEN);
  expect(() => policyIn({ MLE_STAR_TOKEN: "short" })).toThrow(/at least 16/);
});
