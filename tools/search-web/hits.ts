import type { AIMessage } from "@langchain/core/messages";
import type { Tool } from "@langchain/core/tools";
import { z } from "zod";
import type { WebPage } from "../../src/core/web-page.ts";

/** One way to search: addresses, and what the search itself says of them. A service that fails is an error. */
export type Search = (query: string, signal: AbortSignal) => Promise<WebPage[]>;

export const MOST_HITS = 8;
const MOST_BYTES = 4 * 2 ** 20;

/** What a service answers to JSON that it is sent. */
export async function post(url: string, headers: HeadersInit, body: object): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`HTTP error ${response.status}`);
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let left = MOST_BYTES;
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    chunks.push(part.value);
    left -= part.value.length;
    if (left >= 0) continue;
    await reader?.cancel();
    throw new Error(`an answer of more than ${MOST_BYTES >> 20} MB`);
  }
  return JSON.parse(Buffer.concat(chunks).toString());
}

/** Hits as the services list them. */
export const Listed = z.array(
  z
    .object({ title: z.string().catch(""), link: z.string(), snippet: z.string().catch("") })
    .transform(({ link, title, snippet }) => ({ url: link, title, text: snippet })),
);

/** Searches with a tool that answers with a JSON list, or objects with commas between them; other words are no hits. */
export function listedBy(tool: Tool): Search {
  return async (query) => {
    const answer = String(await tool.invoke(query)).trim();
    const list = answer.startsWith("[") ? answer : `[${answer}]`;
    return /^\[\s*[{\]]/.test(list) ? Listed.parse(JSON.parse(list)) : [];
  };
}

/** Searches with a model that can: its words stand with the first of its sources, the others are there to be read. */
export function toldBy(
  ask: (question: string, signal: AbortSignal) => Promise<AIMessage>,
  sourcesOf: (message: AIMessage) => { url: string; title: string }[],
): Search {
  return async (query, signal) => {
    const message = await ask(
      `Search the web for: ${query}\nSum up what the pages found say, with code where they show it, and cite them.`,
      signal,
    );
    return sourcesOf(message)
      .slice(0, MOST_HITS)
      .map((source, index) => ({ ...source, text: index === 0 ? message.text : "" }));
  };
}
