import type { RecordedEvent } from "../../src/record/event.ts";
import { agentOfPrompt } from "./agent-of-prompt.ts";
import { fakeOpenaiServer, OpenaiBody } from "./fake-openai-server.ts";
import { fakeSearxng, PAGE_WITH_ORDERS } from "./fake-searxng.ts";
import type { Received } from "./loopback-server.ts";
import { tinyAnswer } from "./tiny-answers.ts";

/** A model and a search on this machine, for runs of the tiny task that ask over HTTP. */
export interface Services extends AsyncDisposable {
  /** Flags of a run that asks them, and what its environment holds. */
  words: readonly string[];
  environment: Record<string, string>;
  /** How many requests have come in. */
  count(): number;
  /** The questions that came in since it was last asked, each as the record would name it. */
  asked(): string[];
}

export async function tinyServices(): Promise<Services> {
  const model = await fakeOpenaiServer(({ messages }) => tinyAnswer(messages));
  const search = await fakeSearxng(PAGE_WITH_ORDERS);
  const servers = [model, search];
  let drained = 0;
  return {
    words:
      `--model vllm:middling --base-url ${model.url}/v1 --search searxng --private-pages`.split(
        " ",
      ),
    environment: { VLLM_API_KEY: "a-key", SEARXNG_API_BASE: search.url },
    count: () => drained + servers.reduce((sum, { received }) => sum + received.length, 0),
    asked: () =>
      servers.flatMap(({ url, received }) => {
        const requests = received.splice(0);
        drained += requests.length;
        return requests.map((request) => receivedQuestion(url, request));
      }),
    async [Symbol.asyncDispose]() {
      for (const server of servers) await server[Symbol.asyncDispose]();
    },
  };
}

/** The question that a finished effect was, as the service it went to has seen it; null where none went to a service. */
export function recordedQuestion(event: RecordedEvent): string | null {
  if (event.type === "call" && !event.key.includes("/failed "))
    return `call ${event.agent} ${event.promptCharacters}`;
  if (event.type === "search") return `search ${event.query}`;
  return event.type === "page" ? `page ${event.url}` : null;
}

/** What may stand below a prompt: the form of the answer, and what was wrong with an empty one. */
const BELOW = /\nThe JSON object fits this JSON Schema;|\n\nYour answer could not be used/;

function receivedQuestion(url: string, { path, body }: Received): string {
  const asked = new URL(path, url);
  if (asked.pathname === "/search") return `search ${asked.searchParams.get("q")}`;
  if (body === "") return `page ${asked}`;
  const [prompt = ""] = OpenaiBody.parse(body).messages[0]?.content.split(BELOW) ?? [];
  return `call ${agentOfPrompt(prompt)} ${prompt.length}`;
}
