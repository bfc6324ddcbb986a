import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import { ToolError } from "../../src/core/errors.ts";
import { isPublicAddress, publicLookup } from "./public-address.ts";

const MOST_BYTES = 3_000_000;
const MOST_REDIRECTS = 5;
const SECONDS = 15;

export interface FetchedPage {
  url: string;
  contentType: string;
  body: string;
}

export interface FetchOptions {
  signal?: AbortSignal | undefined;
  /** Lets pages of this machine and of private networks be read. */
  allowPrivate?: boolean | undefined;
}

/** The address when it may be fetched at all; only names are left to be judged by their look-up. */
function permitted(address: string, base: string | undefined, allowPrivate: boolean): URL {
  if (!URL.canParse(address, base)) throw new ToolError(`"${address}" is no address.`);
  const url = new URL(address, base);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new ToolError(`${url.protocol} addresses are not fetched: only http and https.`);
  if (url.username !== "" || url.password !== "")
    throw new ToolError(`${url.host} is not fetched: the address carries a password.`);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host))
    throw new ToolError(`${host} is no public address.`);
  return url;
}

function ask(url: URL, signal: AbortSignal, allowPrivate: boolean): Promise<IncomingMessage> {
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  const headers = {
    accept: "text/html, text/plain, text/markdown, application/json;q=0.5",
    // A packed page could be far larger than it looks.
    "accept-encoding": "identity",
    "user-agent": "mle-star (reads pages found by its search)",
  };
  return new Promise((resolve, reject) => {
    const lookup = allowPrivate ? {} : { lookup: publicLookup };
    send(url, { headers, signal, agent: false, ...lookup }, resolve)
      .on("error", reject)
      .end();
  });
}

/** The text of a response, cut off at its bound. */
async function bodyOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    size += bytes.length;
    if (size >= MOST_BYTES) break;
  }
  response.destroy();
  const charset = /charset=["']?([\w-]+)/i.exec(response.headers["content-type"] ?? "")?.[1];
  const bytes = Buffer.concat(chunks).subarray(0, MOST_BYTES);
  return /^(?:iso-8859-1|latin1|windows-1252)$/i.test(charset ?? "")
    ? bytes.toString("latin1")
    : bytes.toString("utf8");
}

/**
 * Fetches a page of the public web within bounds of size and time. Addresses of this machine and of private networks
 * are refused, at every redirect anew; throws a ToolError that says why a page was not read.
 */
export async function fetchPage(address: string, options: FetchOptions = {}): Promise<FetchedPage> {
  const { allowPrivate = false } = options;
  const deadline = AbortSignal.timeout(SECONDS * 1000);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  let url = permitted(address, undefined, allowPrivate);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await ask(url, signal, allowPrivate);
    const { statusCode = 0, headers } = response;
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
      response.destroy();
      url = permitted(headers.location, url.href, allowPrivate);
      continue;
    }
    const contentType = headers["content-type"] ?? "";
    const isPlain = ["identity", undefined].includes(headers["content-encoding"]);
    if (statusCode !== 200 || !isPlain || !/text\/|json|xml/.test(contentType)) {
      response.destroy();
      throw new ToolError(`${url.href} has no text to read (${statusCode} ${contentType}).`);
    }
    return { url: url.href, contentType, body: await bodyOf(response) };
  }
  throw new ToolError(`${address} leads from one redirect to the next.`);
}
