import { BODY_LIMIT_BYTES } from "../../src/server/guard.ts";

/** A request as it goes over the wire, and what becomes of it: a status, or null when it passes. */
export interface WireRequest {
  what: string;
  method?: string;
  target?: string;
  headers?: Record<string, string>;
  /** Bytes that are announced; what is sent is JSON and ends there. */
  bodyBytes?: number;
  gets: number | null;
}

const json = { "content-type": "application/json" };
const post = { method: "POST", target: "/threads", bodyBytes: 2 };
const STUDIO = "https://smith.langchain.com";
const EVIL = "http://evil.example";

/** What a server on this machine's own address, called localhost and asking for no token, is asked by friends and strangers. */
export const REQUESTS: readonly WireRequest[] = [
  { what: "a look", gets: null },
  { what: "JSON", ...post, headers: json, gets: null },
  {
    what: "JSON with a charset",
    ...post,
    headers: { "content-type": "Application/JSON; charset=utf-8" },
    gets: null,
  },
  { what: "another name of loopback", headers: { host: "127.0.0.1:1" }, gets: null },
  { what: "IPv6's name of it", headers: { host: "[::1]:1" }, gets: null },
  { what: "Studio", ...post, headers: { ...json, origin: STUDIO }, gets: null },
  {
    what: "a page of its own",
    ...post,
    headers: { ...json, origin: "http://localhost" },
    gets: null,
  },
  { what: "an address typed in a browser", headers: { "sec-fetch-site": "none" }, gets: null },

  { what: "a name that was pointed here", headers: { host: "evil.example" }, gets: 403 },
  { what: "that name with a port", headers: { host: "evil.example:2024" }, gets: 403 },
  { what: "a name that begins right", headers: { host: "localhost.evil.example" }, gets: 403 },
  {
    what: "a name that begins like an address",
    headers: { host: "127.0.0.1.evil.example" },
    gets: 403,
  },
  { what: "two names", headers: { host: "localhost, evil.example" }, gets: 400 },
  {
    what: "a name with somebody before it",
    headers: { host: "localhost@evil.example" },
    gets: 400,
  },
  { what: "no name", headers: { host: "" }, gets: 400 },

  { what: "another page", ...post, headers: { ...json, origin: EVIL }, gets: 403 },
  { what: "a page without an origin", ...post, headers: { ...json, origin: "null" }, gets: 403 },
  {
    what: "a page on another port of this machine",
    ...post,
    headers: { ...json, origin: "http://localhost:3000" },
    gets: 403,
  },
  {
    what: "a page whose name begins like Studio's",
    ...post,
    headers: { ...json, origin: `${STUDIO}.evil.example` },
    gets: 403,
  },
  {
    what: "Studio without TLS",
    ...post,
    headers: { ...json, origin: "http://smith.langchain.com" },
    gets: 403,
  },
  { what: "a picture on another page", headers: { "sec-fetch-site": "cross-site" }, gets: 403 },
  {
    what: "a picture on a page of another port",
    headers: { "sec-fetch-site": "same-site" },
    gets: 403,
  },

  { what: "JSON as text", ...post, headers: { "content-type": "text/plain" }, gets: 415 },
  {
    what: "JSON as text that speaks of JSON",
    ...post,
    headers: { "content-type": "text/plain; application/json" },
    gets: 415,
  },
  {
    what: "a form",
    ...post,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    gets: 415,
  },
  {
    what: "a form with files",
    ...post,
    headers: { "content-type": "multipart/form-data; boundary=x" },
    gets: 415,
  },
  { what: "JSON without a type", ...post, gets: 415 },

  { what: "a body of 100 MB", ...post, headers: json, bodyBytes: 100_000_000, gets: 413 },
  { what: "a byte too many", ...post, headers: json, bodyBytes: BODY_LIMIT_BYTES + 1, gets: 413 },
  {
    what: "a body without end",
    ...post,
    headers: { ...json, "transfer-encoding": "chunked" },
    gets: 411,
  },

  { what: "a way out", target: "/threads/../info", gets: 400 },
  { what: "a way out in code", target: "/threads/%2e%2e/info", gets: 400 },
  { what: "a slash in code", target: "/threads/..%2F..%2Fetc%2Fpasswd", gets: 400 },
  { what: "a backslash", target: "/threads/..\\..\\x", gets: 400 },
  { what: "a NUL", target: "/threads/%00", gets: 400 },
  { what: "two slashes", target: "//info", gets: 400 },
  { what: "another server's address", target: `${EVIL}/info`, gets: 400 },

  { what: "TRACE", method: "TRACE", gets: 405 },
  { what: "an unusual method", method: "PROPFIND", gets: 405 },
];
