import { z } from "zod";
import { SettingsError } from "../../src/core/errors.ts";
import { Listed, listedBy, MOST_HITS, post, type Search, toldBy } from "./hits.ts";

/** Variables that hold keys and addresses; wiring passes the process environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

interface Provider {
  /** What must be set in the environment; each group needs one of its names. */
  needs: readonly (readonly string[])[];
  /** Not used unasked, though that may be set: a language model's key is there for other reasons. */
  onlyNamed?: true;
  /** Loads the provider's package, and makes its search. */
  open: (values: readonly string[], environment: Environment) => Promise<Search>;
}

const TavilyAnswer = z.object({
  error: z.string().optional(),
  results: z
    .array(z.object({ url: z.string(), title: z.string(), content: z.string() }))
    .default([]),
});

const Citation = z.object({ url: z.string(), title: z.string().catch("") });

const Grounded = z.object({
  groundingMetadata: z.object({
    groundingChunks: z.array(
      z.object({ web: z.object({ uri: z.string(), title: z.string().catch("") }) }),
    ),
  }),
});

const PROVIDERS: Readonly<Record<string, Provider>> = {
  tavily: {
    needs: [["TAVILY_API_KEY"]],
    async open([tavilyApiKey = ""], { TAVILY_BASE_URL: apiBaseUrl }) {
      const { TavilySearch, TavilySearchAPIWrapper } = await import("@langchain/tavily");
      /** The tool's own request prints a refusal to standard output, where our events go. */
      class QuietRequest extends TavilySearchAPIWrapper {
        override async rawResults(params: object): Promise<never> {
          const headers = { Authorization: `Bearer ${this.tavilyApiKey}` };
          const body = this.convertCamelToSnakeCase({ ...params });
          return (await post(`${this.apiBaseUrl}/search`, headers, body)) as never;
        }
      }
      const apiWrapper = new QuietRequest({ tavilyApiKey, ...(apiBaseUrl && { apiBaseUrl }) });
      const tool = new TavilySearch({ apiWrapper, maxResults: MOST_HITS });
      return async (query) => {
        const call = { type: "tool_call" as const, name: tool.name, args: { query } };
        const { error, results } = TavilyAnswer.parse(await tool.invoke(call));
        if (error !== undefined && !error.startsWith("No search results found"))
          throw new Error(error);
        return results.map(({ url, title, content }) => ({ url, title, text: content }));
      };
    },
  },
  searxng: {
    needs: [["SEARXNG_API_BASE"]],
    async open([apiBase = ""]) {
      const { SearxngSearch } = await import("@langchain/community/tools/searxng_search");
      return listedBy(new SearxngSearch({ apiBase, params: { format: "json" } }));
    },
  },
  brave: {
    needs: [["BRAVE_SEARCH_API_KEY"]],
    async open([apiKey = ""]) {
      const { BraveSearch } = await import("@langchain/community/tools/brave_search");
      return listedBy(new BraveSearch({ apiKey }));
    },
  },
  serper: {
    needs: [["SERPER_API_KEY"]],
    // The tool that LangChain has for it answers with one snippet, and without its address.
    async open([apiKey = ""]) {
      return async (q) => {
        const headers = { "X-API-KEY": apiKey };
        const answer = await post("https://google.serper.dev/search", headers, { q });
        return z.object({ organic: Listed.default([]) }).parse(answer).organic;
      };
    },
  },
  "google-cse": {
    needs: [["GOOGLE_CSE_API_KEY", "GOOGLE_API_KEY"], ["GOOGLE_CSE_ID"]],
    async open([apiKey = "", googleCSEId = ""]) {
      const { GoogleCustomSearch } = await import(
        "@langchain/community/tools/google_custom_search"
      );
      return listedBy(new GoogleCustomSearch({ apiKey, googleCSEId }));
    },
  },
  duckduckgo: {
    needs: [],
    onlyNamed: true,
    async open() {
      const { DuckDuckGoSearch } = await import("@langchain/community/tools/duckduckgo_search");
      return listedBy(new DuckDuckGoSearch({ maxResults: MOST_HITS }));
    },
  },
  /** OpenAI's own web search, through a model that has it. */
  openai: {
    needs: [["OPENAI_API_KEY"]],
    onlyNamed: true,
    async open([apiKey = ""], { MLE_STAR_SEARCH_MODEL: named, OPENAI_BASE_URL }) {
      const { ChatOpenAI } = await import("@langchain/openai");
      const chat = new ChatOpenAI({
        model: named || "gpt-5-mini",
        apiKey,
        useResponsesApi: true,
        maxRetries: 0,
        configuration: { baseURL: OPENAI_BASE_URL ?? "https://api.openai.com/v1" },
      });
      const tools = [{ type: "web_search" }];
      return toldBy(
        (question, signal) => chat.invoke(question, { tools, signal }),
        ({ contentBlocks }) =>
          contentBlocks
            .flatMap((block) => (block.type === "text" ? (block.annotations ?? []) : []))
            .flatMap((annotation) => Citation.safeParse(annotation).data ?? []),
      );
    },
  },
  /** Gemini's grounding by Google Search. */
  "google-genai": {
    needs: [["GOOGLE_API_KEY", "GEMINI_API_KEY"]],
    onlyNamed: true,
    async open([apiKey = ""], { MLE_STAR_SEARCH_MODEL: named, GOOGLE_GENAI_BASE_URL: baseUrl }) {
      const { ChatGoogleGenerativeAI } = await import("@langchain/google-genai");
      const chat = new ChatGoogleGenerativeAI({
        model: named || "gemini-2.5-flash",
        apiKey,
        maxRetries: 0,
        ...(baseUrl === undefined ? {} : { baseUrl }),
      });
      const tools = [{ googleSearch: {} }];
      return toldBy(
        (question, signal) => chat.invoke(question, { tools, signal }),
        ({ response_metadata, additional_kwargs }) => {
          const { data } = Grounded.safeParse({ ...response_metadata, ...additional_kwargs });
          const chunks = data?.groundingMetadata.groundingChunks ?? [];
          return chunks.map(({ web: { uri, title } }) => ({ url: uri, title }));
        },
      );
    },
  },
};

/** Names that `--search` takes; `none` searches nothing. */
export const SEARCH_PROVIDERS: readonly string[] = ["none", ...Object.keys(PROVIDERS)];

/** The search of this name, with its keys from the environment, loaded with its first query; null for `none`. */
export function searchOf(name: string, environment: Environment): Search | null {
  if (name === "none") return null;
  const provider = Object.hasOwn(PROVIDERS, name) ? PROVIDERS[name] : undefined;
  if (provider === undefined)
    throw new SettingsError(`Unknown search "${name}": there are ${SEARCH_PROVIDERS.join(", ")}.`);
  const values = provider.needs.map((names) => {
    const value = names.map((one) => environment[one]).find(Boolean);
    if (!value)
      throw new SettingsError(`The search ${name} needs ${names.join(" or ")} in the environment.`);
    return value;
  });
  let opened: Promise<Search> | null = null;
  return async (query, signal) => {
    opened ??= provider.open(values, environment);
    return (await opened)(query, signal);
  };
}

/** The search to use when none is named: the first that has a key or an address of its own; `none` without one. */
export function defaultSearch(environment: Environment): string {
  const found = Object.entries(PROVIDERS).find(
    ([, { needs, onlyNamed }]) =>
      !onlyNamed && needs.every((names) => names.some((one) => environment[one])),
  );
  return found?.[0] ?? "none";
}
