import { submitterPrompt } from "../prompts/submitter.ts";
import { codeAgent } from "./define-agent.ts";

/** A_test (paper, appendix E.3): the final script on all rows, with its submission. */
export const submitter = codeAgent({
  name: "submitter",
  role: "coding",
  prompt: submitterPrompt,
  parts: ({ candidate }) => candidate.script,
  update: (draft) => ({ draft }),
});
