import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { queryWriter } from "../agents/query-writer.ts";
import { retriever } from "../agents/retriever.ts";
import type { ModelDescription } from "../src/core/model-description.ts";
import { Place } from "../src/core/place.ts";
import { bestPages, type WebPage } from "../src/core/web-page.ts";
import { commonAt } from "./node.ts";
import type { Ports } from "./ports.ts";
import { reviewModels } from "./review.ts";

/** How often the retriever is asked until there are enough usable models. */
const RETRIEVALS = 2;

interface Searching {
  at: string;
  models: ModelDescription[];
  /** Those that are there already, beside these, and how many there are to be in the end. */
  known: ModelDescription[];
  wanted: number | null;
  queries: string[];
  pages: WebPage[];
  retrievals: number;
}
type Runtime = LangGraphRunnableConfig;

/** The search that algorithm 1 begins with: models for the task, from the web or from what the model knows (A_retriever). */
export function modelSearchNodes(ports: Ports) {
  const { journal, settings } = ports;
  const trackOf = ({ at }: Searching) => Place.parse(at).numbers["track"] ?? 1;

  const writeQueries = (state: Searching, runtime: Runtime) => {
    const about = { track: trackOf(state), known: [...state.known, ...state.models] };
    return queryWriter(ports)({ ...commonAt(ports, state.at), ...about }, runtime);
  };

  const search = async ({ at, queries }: Searching, { signal }: Runtime) => {
    const searches = queries.map(async (query) => ports.searchWeb?.(query, { at, signal }) ?? []);
    return { pages: bestPages(await Promise.all(searches)) };
  };

  const retrieve = async (state: Searching, runtime: Runtime) => {
    const { models, retrievals, pages } = state;
    const here = Place.parse(state.at);
    const at = retrievals === 0 ? here.text : here.retrieval(retrievals + 1).text;
    const known = [...state.known, ...models];
    const about = { track: trackOf(state), known, wanted: wantedOf(state) - models.length };
    const { found } = await retriever(ports)({ ...commonAt(ports, at), ...about, pages }, runtime);
    return { models: [...models, ...found], retrievals: retrievals + 1 };
  };

  const review = ({ at, models }: Searching) => {
    const kept = reviewModels(models, { at, ports });
    journal.note({ type: "models", key: `${at}/models`, at, models: kept });
    return { models: kept };
  };

  const wantedOf = ({ wanted }: Searching) => wanted ?? settings.models;

  const enoughModels = (state: Searching) =>
    state.models.length < wantedOf(state) && state.retrievals < RETRIEVALS
      ? "retriever"
      : "review-models";

  return { writeQueries, search, retrieve, review, enoughModels };
}
