import { coderPrompt } from "../prompts/coder.ts";
import { codeAgent } from "./define-agent.ts";

/** A_coder (paper, section 3.2): the block rewritten along the plan. */
export const coder = codeAgent({
  name: "coder",
  role: "coding",
  prompt: coderPrompt,
  parts: ({ base, block, plan, scope }) => [base.script, block, plan, scope],
  update: (replacement) => ({ replacement }),
});
