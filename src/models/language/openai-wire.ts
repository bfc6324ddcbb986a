import { ChatOpenAI } from "@langchain/openai";
import type { z } from "zod";
import { jsonSchema } from "./json-form.ts";
import { forLangChain, type Wire } from "./wire.ts";

/**
 * A model that speaks OpenAI's chat completions: OpenAI itself, Ollama, vLLM, LM Studio, OpenRouter. Answers are streamed,
 * which keeps slow servers from running into time-outs of the connection.
 */
export const openaiWire: Wire = ({ model, apiKey, baseUrl }, { temperatures, efforts }) =>
  async function* (request, refused) {
    const chat = new ChatOpenAI({
      model,
      apiKey: apiKey || "none",
      configuration: { baseURL: baseUrl },
      maxRetries: 0,
      streamUsage: !refused.has("streamUsage"),
      ...(refused.has("temperature") ? {} : { temperature: temperatures[request.ask.role] }),
    });
    const { messages, options: usual } = forLangChain(request);
    const effort = refused.has("effort") ? undefined : efforts[request.ask.role];
    const options = effort === undefined ? usual : { ...usual, reasoningEffort: effort };
    // Without streaming LangChain parses the JSON itself and drops an answer it cannot read.
    if (refused.has("stream")) {
      yield await chat.invoke(messages, options);
      return;
    }
    const held = refused.has("schema") ? {} : responseFormat(request.schema);
    yield* await chat.stream(messages, { ...options, ...held });
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
