import type { AIMessageChunk } from "@langchain/core/messages";
import type { Effort } from "../../core/model-choice.ts";
import type { Role } from "../../core/ports.ts";
import type { ChatRequest } from "./chat.ts";
import type { Endpoint } from "./providers.ts";

/** What not every model or server takes, with the words in which it is refused. */
export const OPTIONS = [
  { name: "effort", refusal: /reasoning|thinking|effort/i },
  { name: "temperature", refusal: /temperature/i },
  {
    name: "schema",
    refusal: /response_format|json_schema|json mode|structured|schema|grammar|mime/i,
  },
  { name: "streamUsage", refusal: /stream_options|include_usage/i },
  { name: "stream", refusal: /stream/i },
] as const;
export type Option = (typeof OPTIONS)[number]["name"];

/** How models are asked in each role. */
interface Manner {
  temperatures: Readonly<Record<Role, number>>;
  /** The provider's own where none is said. */
  efforts: Readonly<Partial<Record<Role, Effort>>>;
}

/** Asks a model by its provider's library, once, without the options that were refused; the parts of its answer as they come. */
export type Wire = (
  endpoint: Endpoint,
  manner: Manner,
) => (request: ChatRequest, refused: ReadonlySet<Option>) => AsyncIterable<AIMessageChunk>;

/** A request as LangChain's models take it; LangSmith shows it under its agent's name. */
export const forLangChain = ({ ask: { agent, at }, messages, signal }: ChatRequest) => ({
  messages: messages.map(({ role, text }) => ({ role, content: text })),
  options: { signal, runName: agent, metadata: { agent, at } },
});
