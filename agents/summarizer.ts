import { summarizerPrompt } from "../prompts/summarizer.ts";
import { textAgent } from "./define-agent.ts";

/** A_summarize (paper, section 3.2): what an ablation study showed. */
export const summarizer = textAgent({
  name: "summarizer",
  role: "checking",
  prompt: summarizerPrompt,
  parts: ({ ablation }) => ablation.script,
  update: (summary) => ({ summary }),
});
