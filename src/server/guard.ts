import { createHash, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";

/** What is known of a request before any of its body is read; null where it says nothing. */
export interface RequestFacts {
  method: string;
  /** As it was sent, before anything in it is decoded. */
  path: string;
  host: string | null;
  origin: string | null;
  /** What a browser says of the page behind the request: its `Sec-Fetch-Site`. */
  fetchSite: string | null;
  contentType: string | null;
  /** null when the sender does not say how long the body is. */
  bodyBytes: number | null;
  token: string | null;
  remoteAddress: string | null;
}

/** The facts of a request, from what every server can tell of one. */
export function factsOf(request: {
  method: string;
  /** As in its first line. */
  target: string;
  header: (name: string) => string | undefined;
  remoteAddress: string | undefined;
}): RequestFacts {
  const header = (name: string) => request.header(name) ?? null;
  const [, bearer = null] = /^Bearer +(\S+)$/i.exec(header("authorization") ?? "") ?? [];
  const isMeasured = header("transfer-encoding") === null;
  return {
    method: request.method,
    path: request.target.split("?")[0] ?? "",
    host: header("host"),
    origin: header("origin"),
    fetchSite: header("sec-fetch-site"),
    contentType: header("content-type"),
    bodyBytes: isMeasured ? Number(header("content-length") ?? 0) : null,
    token: bearer ?? header("x-api-key"),
    remoteAddress: request.remoteAddress ?? null,
  };
}

/** Whom a server answers. */
export interface GuardPolicy {
  /** Names by which it may be called, besides those of this machine itself and plain addresses. */
  hosts: readonly string[];
  /** Pages of other servers that may use it, such as `https://smith.langchain.com`. */
  origins: readonly string[];
  /** Asked of everyone where there is one; without one, only this machine is answered. */
  token: string | null;
}

export interface Refusal {
  status: 400 | 401 | 403 | 405 | 411 | 413 | 415;
  /** What is wrong and what to do. */
  sentence: string;
}

/** The longest body that is read: a state with all its scripts is far below it. */
export const BODY_LIMIT_BYTES = 16 * 1024 * 1024;

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/** Ways to write a path whose readers may disagree about where it leads. */
const CROOKED = /%(?:00|2e|2f|5c)|\\|\/\/|(?:^|\/)\.\.?(?:\/|$)|^[^/]|\p{Cc}/iu;
const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3}|localhost)$/i;

/** Whether an address or a name is this machine and can be reached from no other. */
export const isLoopback = (address: string): boolean => LOOPBACK.test(address);

/** Why a request is refused; null when it may pass. A web page of elsewhere, or another machine, gets nothing done. */
export function refusal(facts: RequestFacts, policy: GuardPolicy): Refusal | null {
  return (
    misshapen(facts) ??
    misdirected(facts, policy) ??
    fromElsewhere(facts, policy) ??
    unknown(facts, policy) ??
    unreadable(facts)
  );
}

function misshapen({ method, path }: RequestFacts): Refusal | null {
  if (!METHODS.includes(method))
    return refused(405, `method ${method}: use one of ${METHODS.join(", ")}`);
  if (CROOKED.test(path))
    return refused(
      400,
      "path: it has dots, slashes or characters that are not plain; write it out",
    );
  return null;
}

/** A name that a stranger's name server points here comes with that name; an address cannot be pointed anywhere else. */
function misdirected({ host }: RequestFacts, { hosts }: GuardPolicy): Refusal | null {
  const name = host === null ? null : nameIn(host);
  if (name === null)
    return refused(400, "Host: it is missing or no name; say which server is meant");
  if (isIP(name) !== 0 || isLoopback(name) || hosts.includes(name)) return null;
  return refused(
    403,
    `Host ${name}: this server does not go by that name; allow it by --allow-host`,
  );
}

function fromElsewhere(facts: RequestFacts, { origins }: GuardPolicy): Refusal | null {
  const { origin, host, fetchSite } = facts;
  if (origin !== null) {
    const isOwn = origin === `http://${host}` || origin === `https://${host}`;
    if (isOwn || origins.includes(origin)) return null;
    return refused(
      403,
      `Origin ${origin}: its pages may not use this server; allow it by --allow-origin`,
    );
  }
  if (fetchSite === null || fetchSite === "same-origin" || fetchSite === "none") return null;
  return refused(
    403,
    "a page of another server asks without saying which: it may not use this one",
  );
}

function unknown({ remoteAddress, token: given }: RequestFacts, { token }: GuardPolicy) {
  if (token !== null)
    return given !== null && isSame(given, token)
      ? null
      : refused(401, "token: give the server's as Authorization: Bearer, or as x-api-key");
  if (remoteAddress !== null && isLoopback(remoteAddress)) return null;
  return refused(
    403,
    "another machine: this server has no token; start it with MLE_STAR_TOKEN set",
  );
}

function unreadable({ bodyBytes, contentType }: RequestFacts): Refusal | null {
  if (bodyBytes === null) return refused(411, "body: its length is not given; send Content-Length");
  if (bodyBytes > BODY_LIMIT_BYTES)
    return refused(413, `body: ${bodyBytes} bytes; it may have ${BODY_LIMIT_BYTES}`);
  const type = contentType?.split(";")[0]?.trim().toLowerCase();
  if (bodyBytes === 0 || type === "application/json") return null;
  return refused(415, `Content-Type ${type ?? "missing"}: send application/json`);
}

const refused = (status: Refusal["status"], sentence: string): Refusal => ({ status, sentence });

/** The name alone, without its port and without an IPv6 address's brackets. */
function nameIn(host: string): string | null {
  const [, address, name] = /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::\d+)?$/i.exec(host) ?? [];
  return (address ?? name)?.toLowerCase() ?? null;
}

/** In the same time wherever they differ. */
function isSame(a: string, b: string): boolean {
  const [first, second] = [a, b].map((text) => createHash("sha256").update(text).digest());
  return first !== undefined && second !== undefined && timingSafeEqual(first, second);
}
