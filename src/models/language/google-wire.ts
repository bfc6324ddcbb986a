import { AIMessage } from "@langchain/core/messages";
import { ChatGoogleGenerativeAI, EmptyContentError } from "@langchain/google-genai";
import { geminiSchema } from "./json-form.ts";
import { forLangChain, type Wire } from "./wire.ts";

/** A model of Google's Gemini API. */
export const googleWire: Wire =
  ({ model, apiKey, baseUrl }, temperatures) =>
  async (request, refused) => {
    const temperature = temperatures[request.ask.role];
    const chat = new ChatGoogleGenerativeAI({ model, apiKey, baseUrl, temperature, maxRetries: 0 });
    const { messages, options } = forLangChain(request);
    const held =
      request.schema === null || refused.has("schema")
        ? {}
        : // The library types its schemas by an enumeration of the very strings that ours holds.
          { responseSchema: geminiSchema(request.schema) as never };
    try {
      // The library's own request does not listen to the signal.
      return await chat.caller.callWithOptions({ signal: request.signal }, () =>
        chat.invoke(messages, { ...options, ...held }),
      );
    } catch (error) {
      if (!EmptyContentError.isInstance(error)) throw error;
      // To the library an answer without content is an error: blocked by a filter, or nothing said at all.
      const finishReason = error.blockReason === undefined ? error.finishReason : "SAFETY";
      return new AIMessage({ content: "", response_metadata: { finishReason } });
    }
  };
