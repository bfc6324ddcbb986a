import { explorerPrompt } from "../prompts/explorer.ts";
import { codeAgent } from "./define-agent.ts";

/** Looks at the data before anybody writes a solution: a script that prints what a good engineer wants to see first. */
export const explorer = codeAgent({
  name: "explorer",
  role: "coding",
  prompt: explorerPrompt,
  parts: ({ failure }) => failure,
  update: (draft) => ({ draft }),
});
