import { ensemblerPrompt } from "../prompts/ensembler.ts";
import { codeAgent } from "./define-agent.ts";

/** A_ensembler (paper, section 3.3): the script that combines the solutions along the plan. */
export const ensembler = codeAgent({
  name: "ensembler",
  role: "coding",
  prompt: ensemblerPrompt,
  parts: ({ solutions, plan }) => [...solutions.map(({ script }) => script), plan],
  update: (draft) => ({ draft }),
});
