import { initializerPrompt } from "../prompts/initializer.ts";
import { codeAgent } from "./define-agent.ts";

/** A_init (paper, section 3.1): one first, simple script that uses one given model. */
export const initializer = codeAgent({
  name: "initializer",
  role: "coding",
  prompt: initializerPrompt,
  parts: ({ description }) => description,
  update: (draft) => ({ draft }),
});
