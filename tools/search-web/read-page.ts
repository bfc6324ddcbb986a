import { Worker } from "node:worker_threads";
import { z } from "zod";
import { plainText, wordsIn } from "./page-text.ts";

/** Of reading the markup of one page; some take time that grows with the cube of their length. */
const SECONDS = 10;
const MEMORY_MB = 256;

const Article = z.object({ title: z.string(), text: z.string() });
type Article = z.infer<typeof Article>;

/**
 * Title, text and code of a web page, without what stands around the article; of other texts, the text itself. Markup is read in a
 * thread of its own, within bounds of time and memory: of a page that goes beyond them its words alone are given.
 */
export async function readPage(
  { body, contentType }: { body: string; contentType: string },
  { signal, seconds = SECONDS }: { signal?: AbortSignal | undefined; seconds?: number } = {},
): Promise<Article> {
  if (!/html/i.test(contentType)) return { title: "", text: plainText(body) };
  signal?.throwIfAborted();
  const overdue = AbortSignal.timeout(seconds * 1000);
  const end = signal === undefined ? overdue : AbortSignal.any([signal, overdue]);
  const article = await inThread(body, end);
  signal?.throwIfAborted();
  return article ?? { title: "", text: wordsIn(body) };
}

/** The compiled program's threads are compiled, too. */
const WORKER = new URL(
  import.meta.url.endsWith(".ts") ? "./page-worker.ts" : "./page-worker.js",
  import.meta.url,
);

/** What the thread made of the page; null when it was stopped, or failed on it. */
async function inThread(body: string, end: AbortSignal): Promise<Article | null> {
  const worker = new Worker(WORKER, {
    workerData: body,
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: 32 },
    // What a library says of odd markup is nobody's business.
    stdout: true,
    stderr: true,
  });
  try {
    return await new Promise((resolve) => {
      const nothing = () => resolve(null);
      worker.once("message", (message) => resolve(Article.safeParse(message).data ?? null));
      worker.once("error", nothing).once("messageerror", nothing).once("exit", nothing);
      end.addEventListener("abort", nothing, { once: true });
    });
  } finally {
    await worker.terminate();
  }
}
