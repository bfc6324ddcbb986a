import { mergerPrompt } from "../prompts/merger.ts";
import { codeAgent } from "./define-agent.ts";

/** A_merger (paper, section 3.1): the base script with the reference's model averaged in. */
export const merger = codeAgent({
  name: "merger",
  role: "coding",
  prompt: mergerPrompt,
  parts: ({ base, reference }) => [base.script, reference.script],
  update: (draft) => ({ draft }),
});
