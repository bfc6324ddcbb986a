import { z } from "zod";
import { queryWriterPrompt } from "../prompts/query-writer.ts";
import { dataAgent } from "./define-agent.ts";

const MOST_QUERIES = 4;
const MOST_CHARACTERS = 200;

/** The retriever's first half (paper, section 3.1): what to search the web for. */
export const queryWriter = dataAgent({
  name: "query-writer",
  role: "searching",
  prompt: queryWriterPrompt,
  parts: ({ known }) => known.map(({ name }) => name),
  schema: z.object({
    queries: z.array(z.string()).describe("three or four queries for a web search"),
  }),
  update: ({ queries }) => {
    const usable = queries.map((query) => query.trim().slice(0, MOST_CHARACTERS)).filter(Boolean);
    return { queries: [...new Set(usable)].slice(0, MOST_QUERIES) };
  },
});
