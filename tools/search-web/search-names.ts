/** The ways to search the web; `none` searches nothing. */
export const SEARCH_NAMES = [
  "tavily",
  "searxng",
  "brave",
  "serper",
  "google-cse",
  "duckduckgo",
  "openai",
  "google-genai",
] as const;
export type SearchName = (typeof SEARCH_NAMES)[number];

/** Names that `--search` takes. */
export const SEARCH_PROVIDERS: readonly string[] = ["none", ...SEARCH_NAMES];
