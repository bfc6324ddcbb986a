import type { AIMessage, AIMessageChunk } from "@langchain/core/messages";
import { ChatOpenAI } from "@langchain/openai";
import type { z } from "zod";
import { jsonSchema } from "./json-form.ts";
import { forLangChain, type Wire } from "./wire.ts";

/**
 * A model that speaks OpenAI's chat completions: OpenAI itself, Ollama, vLLM, LM Studio, OpenRouter. Answers are streamed,
 * which keeps slow servers from running into time-outs of the connection.
 */
export const openaiWire: Wire =
  ({ model, apiKey, baseUrl }, temperatures) =>
  async (request, refused) => {
    const chat = new ChatOpenAI({
      model,
      apiKey: apiKey || "none",
      configuration: { baseURL: baseUrl },
      maxRetries: 0,
      streamUsage: !refused.has("streamUsage"),
      ...(refused.has("temperature") ? {} : { temperature: temperatures[request.ask.role] }),
    });
    const { messages, options } = forLangChain(request);
    // Without streaming LangChain parses the JSON itself and drops an answer it cannot read.
    if (refused.has("stream")) return chat.invoke(messages, options);
    const held = refused.has("schema") ? {} : responseFormat(request.schema);
    return collected(await chat.stream(messages, { ...options, ...held }));
  };

const responseFormat = (schema: z.ZodType | null) =>
  schema === null
    ? {}
    : {
        response_format: {
          type: "json_schema" as const,
          json_schema: { name: "answer", strict: true, schema: jsonSchema(schema) },
        },
      };

/** The whole message of a stream. LangChain's own collecting fetches a tokenizer from the web to estimate the usage. */
async function collected(chunks: AsyncIterable<AIMessageChunk>): Promise<AIMessage> {
  let whole: AIMessageChunk | null = null;
  for await (const chunk of chunks) whole = whole === null ? chunk : whole.concat(chunk);
  if (whole === null) throw new Error("the stream of the answer was empty");
  return whole;
}
