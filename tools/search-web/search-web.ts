import { setTimeout as sleep } from "node:timers/promises";
import type { SearchWeb } from "../../src/core/ports.ts";
import type { WebPage } from "../../src/core/web-page.ts";
import type { Journal } from "../../src/record/journal.ts";
import { fetchPage } from "./fetch-page.ts";
import { MOST_HITS } from "./hits.ts";
import { type Environment, searchOf } from "./providers.ts";

const PAGES_READ = 4;
/** Of what a search itself says of a page. */
const MOST_CHARACTERS = 24_000;
const SEARCH_SECONDS = 30;

export interface SearchWebOptions {
  provider: string;
  environment: Environment;
  /** What was found and read once is not asked for again. */
  journal: Pick<Journal, "once">;
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
  const { provider, environment, journal, allowPrivate } = options;
  const { onProblem = () => {}, retrySeconds = 2 } = options;
  const search = searchOf(provider, environment);
  if (search === null) return async () => [];

  const within = (query: string, signal: AbortSignal | undefined): Promise<WebPage[]> => {
    signal?.throwIfAborted();
    const deadline = AbortSignal.timeout(SEARCH_SECONDS * 1000);
    const end = signal ? AbortSignal.any([signal, deadline]) : deadline;
    // Most search tools do not listen to signals.
    const ended = new Promise<never>((_, reject) => {
      end.addEventListener("abort", () => reject(end.reason), { once: true });
    });
    return Promise.race([search(query, end), ended]);
  };

  async function ask(query: string, signal: AbortSignal | undefined): Promise<WebPage[]> {
    try {
      const hits = await within(query, signal).catch(async () => {
        await sleep(retrySeconds * 1000, undefined, signal ? { signal } : {});
        return within(query, signal);
      });
      return hits
        .slice(0, MOST_HITS)
        .map((hit) => ({ ...hit, text: hit.text.slice(0, MOST_CHARACTERS) }));
    } catch (error) {
      signal?.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      onProblem(
        `The search by ${provider} failed: ${reason.replaceAll(/\s+/g, " ").slice(0, 300)}`,
      );
      return [];
    }
  }

  /** The page's own text; null where it cannot be read. */
  async function read(url: string, signal: AbortSignal | undefined): Promise<WebPage | null> {
    try {
      const page = await fetchPage(url, { signal, allowPrivate });
      const { readPage } = await import("./read-page.ts");
      return { url: page.url, ...(await readPage(page, { signal })) };
    } catch {
      signal?.throwIfAborted();
      return null;
    }
  }

  return async (query, { at, signal }) => {
    const effect = { at, name: "search", parts: { query } };
    const { hits } = await journal.once("search", effect, () =>
      timed(async () => ({ query, hits: await ask(query, signal) })),
    );
    const pages = hits.map(async (hit, index) => {
      if (index >= PAGES_READ) return hit;
      const { url } = hit;
      const { page } = await journal.once("page", { at, name: "page", parts: { url } }, () =>
        timed(async () => ({ url, page: await read(url, signal) })),
      );
      return page === null ? hit : joined(hit, page);
    });
    return (await Promise.all(pages)).filter(({ text }) => text.trim() !== "");
  };
}

/** The page, after what the search said of it. */
const joined = (hit: WebPage, { url, title, text }: WebPage): WebPage => ({
  url,
  title: title || hit.title,
  text: [hit.text, text].filter(Boolean).join("\n\n"),
});

/** What the work found, and how long that took. */
async function timed<T extends object>(work: () => Promise<T>): Promise<T & { seconds: number }> {
  const started = performance.now();
  const found = await work();
  return { ...found, seconds: Math.round(performance.now() - started) / 1000 };
}
