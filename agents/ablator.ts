import { ablatorPrompt } from "../prompts/ablator.ts";
import { codeAgent } from "./define-agent.ts";

/** A_abl (paper, section 3.2): a script that measures parts of the solution by disabling them. */
export const ablator = codeAgent({
  name: "ablator",
  role: "coding",
  prompt: ablatorPrompt,
  parts: ({ base }) => base.script,
  update: (ablationScript) => ({ ablationScript }),
});
