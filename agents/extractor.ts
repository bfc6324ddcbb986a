import { extractorPrompt } from "../prompts/extractor.ts";
import { ExtractorAnswer } from "../src/core/questions.ts";
import { dataAgent } from "./define-agent.ts";

/** A_extractor (paper, section 3.2): the block that matters most, and a first plan to improve it. */
export const extractor = dataAgent({
  name: "extractor",
  role: "planning",
  prompt: extractorPrompt,
  parts: ({ base, summary, complaint }) => [base.script, summary, complaint],
  schema: ExtractorAnswer,
  update: (extraction) => ({ extraction }),
});
