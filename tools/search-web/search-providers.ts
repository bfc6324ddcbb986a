import { SettingsError } from "../../src/core/errors.ts";
import type { Search } from "./hit.ts";
import { SEARCH_NAMES, SEARCH_PROVIDERS, type SearchName } from "./search-names.ts";

/** Variables that hold keys and addresses; wiring passes the process environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

interface Provider {
  /** What must be set in the environment; each group needs one of its names. */
  needs: readonly (readonly string[])[];
  /** Loads the provider's package, and makes its search. */
  make: (values: readonly string[], environment: Environment) => Promise<Search>;
}

const community = () => import("./community-search.ts");
const ofModels = () => import("./model-search.ts");

/** Models that search when none is named by MLE_STAR_SEARCH_MODEL. */
const OPENAI_SEARCHER = "gpt-5-mini";
const GEMINI_SEARCHER = "gemini-2.5-flash";

const PROVIDERS: Record<SearchName, Provider> = {
  tavily: {
    needs: [["TAVILY_API_KEY"]],
    make: async ([key = ""], { TAVILY_BASE_URL }) =>
      (await import("./tavily-search.ts")).tavily(key, TAVILY_BASE_URL),
  },
  searxng: {
    needs: [["SEARXNG_API_BASE"]],
    make: async ([base = ""]) => (await community()).searxng(base),
  },
  brave: {
    needs: [["BRAVE_SEARCH_API_KEY"]],
    make: async ([key = ""]) => (await community()).brave(key),
  },
  serper: {
    needs: [["SERPER_API_KEY"]],
    make: async ([key = ""]) => (await community()).serper(key),
  },
  "google-cse": {
    needs: [["GOOGLE_CSE_API_KEY", "GOOGLE_API_KEY"], ["GOOGLE_CSE_ID"]],
    make: async ([key = "", id = ""]) => (await community()).googleCustomSearch(key, id),
  },
  duckduckgo: { needs: [], make: async () => (await community()).duckDuckGo() },
  openai: {
    needs: [["OPENAI_API_KEY"]],
    make: async ([key = ""], { MLE_STAR_SEARCH_MODEL: named, OPENAI_BASE_URL }) =>
      (await ofModels()).openaiSearch(named || OPENAI_SEARCHER, key, OPENAI_BASE_URL),
  },
  "google-genai": {
    needs: [["GOOGLE_API_KEY", "GEMINI_API_KEY"]],
    make: async ([key = ""], { MLE_STAR_SEARCH_MODEL: named, GOOGLE_GENAI_BASE_URL }) =>
      (await ofModels()).geminiSearch(named || GEMINI_SEARCHER, key, GOOGLE_GENAI_BASE_URL),
  },
};

/** The search of this name, with its keys from the environment, loaded with its first query; null for `none`. */
export function searchOf(name: string, environment: Environment): Search | null {
  if (name === "none") return null;
  const known = SEARCH_NAMES.find((one) => one === name);
  if (known === undefined)
    throw new SettingsError(`Unknown search "${name}": there are ${SEARCH_PROVIDERS.join(", ")}.`);
  const provider = PROVIDERS[known];
  const values = provider.needs.map((names) => {
    const value = names.map((one) => environment[one]).find(Boolean);
    if (!value)
      throw new SettingsError(`The search ${name} needs ${names.join(" or ")} in the environment.`);
    return value;
  });
  let made: Promise<Search> | null = null;
  return async (query, signal) => {
    made ??= provider.make(values, environment);
    return (await made)(query, signal);
  };
}

/** The search to use when none is named: the first that has a key or an address of its own; `none` without one. */
export function defaultSearch(environment: Environment): string {
  const own = ["tavily", "searxng", "brave", "serper", "google-cse"] as const;
  const set = (name: SearchName) =>
    PROVIDERS[name].needs.every((names) => names.some((one) => environment[one]));
  return own.find(set) ?? "none";
}
