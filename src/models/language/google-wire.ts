import { AIMessageChunk } from "@langchain/core/messages";
import { ChatGoogleGenerativeAI, EmptyContentError } from "@langchain/google-genai";
import type { Effort } from "../../core/model-choice.ts";
import { geminiSchema } from "./json-form.ts";
import { forLangChain, type Wire } from "./wire.ts";

/** A model of Google's Gemini API. */
export const googleWire: Wire = ({ model, apiKey, baseUrl }, { temperatures, efforts }) =>
  async function* (request, refused) {
    const { role } = request.ask;
    const temperature = temperatures[role];
    const effort = refused.has("effort") ? undefined : efforts[role];
    const chat = new ChatGoogleGenerativeAI({
      ...{ model, apiKey, baseUrl, temperature, maxRetries: 0 },
      ...(effort === undefined ? {} : { thinkingConfig: thinking(model, effort) }),
    });
    const { messages, options } = forLangChain(request);
    const held =
      request.schema === null || refused.has("schema")
        ? {}
        : // The library types its schemas by an enumeration of the very strings that ours holds.
          { responseSchema: geminiSchema(request.schema) as never };
    try {
      // The library's own request does not listen to the signal.
      yield await chat.caller.callWithOptions({ signal: request.signal }, () =>
        chat.invoke(messages, { ...options, ...held }),
      );
    } catch (error) {
      if (!EmptyContentError.isInstance(error)) throw error;
      // To the library an answer without content is an error: blocked by a filter, or nothing said at all.
      const finishReason = error.blockReason === undefined ? error.finishReason : "SAFETY";
      yield new AIMessageChunk({ content: "", response_metadata: { finishReason } });
    }
  };

/** Tokens that Gemini 2.5 may think with; its flash models take up to 24,576, and pro no less than 128. */
const BUDGETS = { low: 1024, medium: 8192, high: 24_576 };
const LEVELS = { low: "LOW", medium: "MEDIUM", high: "HIGH" } as const;

/** Gemini knows levels from its third generation on, and counts tokens before. */
const thinking = (model: string, effort: Effort) =>
  /gemini-[12]/.test(model)
    ? { thinkingBudget: BUDGETS[effort] }
    : { thinkingLevel: LEVELS[effort] };
