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
  /** For the whole of it, redirects and all. */
  seconds?: number | undefined;
}

/** The address when it may be fetched at all; only names are left to be judged by their look-up. */
function permitted(address: string, base: string | undefined, allowPrivate: boolean): URL {
  if (!URL.canParse(address, base)) throw new ToolError("it is no address");
  const url = new URL(address, base);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new ToolError(`${url.protocol} addresses are not fetched, only http and https`);
  if (url.username !== "" || url.password !== "")
    throw new ToolError("the address carries a password");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host))
    throw new ToolError(`${host} is no public address`);
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
    const request = send(url, { headers, signal, agent: false, ...lookup }, resolve);
    request.on("error", reject);
    // What ends without an answer has no error of its own.
    request.on("close", () => reject(new ToolError("the connection ended without an answer")));
    request.on("upgrade", ({ statusCode }, socket) => {
      socket.destroy();
      reject(new ToolError(`it changes to another protocol (${statusCode})`));
    });
    request.end();
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
  return decoderOf(charset).decode(Buffer.concat(chunks).subarray(0, MOST_BYTES));
}

function decoderOf(charset = "utf-8"): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    // A name that nobody knows: most such pages are UTF-8 all the same.
    return new TextDecoder();
  }
}

/**
 * Fetches a page of the public web within bounds of size and time. Addresses of this machine and of private networks
 * are refused, at every redirect anew; throws a ToolError that says why a page was not read.
 */
export async function fetchPage(address: string, options: FetchOptions = {}): Promise<FetchedPage> {
  const { signal, allowPrivate = false, seconds = SECONDS } = options;
  const deadline = AbortSignal.timeout(seconds * 1000);
  const end = signal ? AbortSignal.any([signal, deadline]) : deadline;
  try {
    return await fetched(address, end, allowPrivate);
  } catch (cause) {
    signal?.throwIfAborted();
    const told = cause instanceof Error ? cause.message : String(cause);
    const reason = deadline.aborted ? `it took longer than ${seconds} seconds` : told;
    throw new ToolError(`${address.slice(0, 300)} is not read: ${reason.slice(0, 300)}.`, {
      cause,
    });
  }
}

async function fetched(
  address: string,
  signal: AbortSignal,
  allowPrivate: boolean,
): Promise<FetchedPage> {
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
      throw new ToolError(`it has no text to read (${statusCode} ${contentType})`);
    }
    const body = await bodyOf(response);
    // A body without a length ends as if it were whole.
    signal.throwIfAborted();
    return { url: url.href, contentType, body };
  }
  throw new ToolError("it leads from one redirect to the next");
}
