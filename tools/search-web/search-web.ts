import { setTimeout as sleep } from "node:timers/promises";
import type { SearchWeb } from "../../src/core/ports.ts";
import type { WebPage } from "../../src/core/web-page.ts";
import { fetchPage } from "./fetch-page.ts";
import type { Hit } from "./hit.ts";
import { type Environment, searchOf } from "./search-providers.ts";

const PAGES_READ = 4;
const SEARCH_SECONDS = 30;

export interface SearchWebOptions {
  provider: string;
  environment: Environment;
  /** Lets the reader fetch pages of this machine and of private networks. */
  allowPrivate?: boolean;
  /** Told in one sentence when a search gave nothing because it failed. */
  onProblem?: (sentence: string) => void;
  /** Wait before the second and last try. */
  retrySeconds?: number;
}

/**
 * The SearchWeb port: asks the chosen service, reads the best pages it names and gives their text. A search that fails
 * is tried once more, then finds nothing and says why; only an abort is thrown.
 */
export function searchWeb(options: SearchWebOptions): SearchWeb {
  const { provider, environment, allowPrivate, onProblem = () => {}, retrySeconds = 2 } = options;
  const search = searchOf(provider, environment);
  if (search === null) return async () => [];

  const within = (query: string, signal: AbortSignal | undefined) => {
    const deadline = AbortSignal.timeout(SEARCH_SECONDS * 1000);
    return search(query, signal ? AbortSignal.any([signal, deadline]) : deadline);
  };

  async function hits(query: string, signal: AbortSignal | undefined): Promise<Hit[]> {
    try {
      return await within(query, signal).catch(async () => {
        await sleep(retrySeconds * 1000, undefined, signal ? { signal } : {});
        return within(query, signal);
      });
    } catch (error) {
      signal?.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      onProblem(
        `The search by ${provider} failed: ${reason.replaceAll(/\s+/g, " ").slice(0, 300)}`,
      );
      return [];
    }
  }

  /** The page's own text; where it cannot be read, what the search said of it. */
  async function read(hit: Hit, signal: AbortSignal | undefined): Promise<WebPage> {
    try {
      const { url, contentType, body } = await fetchPage(hit.url, { signal, allowPrivate });
      const { pageText } = await import("./page-text.ts");
      const { title, text } = pageText(body, contentType);
      return {
        url,
        title: title || hit.title,
        text: [hit.text, text].filter(Boolean).join("\n\n"),
      };
    } catch {
      signal?.throwIfAborted();
      return hit;
    }
  }

  return async (query, { signal }) => {
    const found = await hits(query, signal);
    const pages = await Promise.all(
      found.map((hit, index) => (index < PAGES_READ ? read(hit, signal) : hit)),
    );
    return pages.filter(({ text }) => text.trim() !== "");
  };
}
