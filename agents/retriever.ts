import { z } from "zod";
import { retrieverPrompt } from "../prompts/retriever.ts";
import { distinctModels, ModelDescription } from "../src/core/model-description.ts";
import { dataAgent } from "./define-agent.ts";

/** Name and code may be empty here: one unusable description does not spoil the others. */
const Described = ModelDescription.extend({ name: z.string(), exampleCode: z.string() });

/** A_retriever (paper, section 3.1): effective models for the task with example code; unusable and known ones are dropped. */
export const retriever = dataAgent({
  name: "retriever",
  role: "searching",
  prompt: retrieverPrompt,
  parts: ({ known, wanted, pages = [] }) => [
    known.map(({ name }) => name),
    wanted,
    pages.map(({ url }) => url),
  ],
  schema: z.object({ models: z.array(Described) }),
  update: ({ models }, { known, wanted }) => {
    const usable = models.filter(({ name, exampleCode }) => name.trim() && exampleCode.trim());
    const fresh = distinctModels([...known, ...usable]).filter((model) => !known.includes(model));
    return { found: fresh.slice(0, wanted) };
  },
});
