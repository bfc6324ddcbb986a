import { debuggerPrompt } from "../prompts/debugger.ts";
import { codeAgent } from "./define-agent.ts";

/** A_debugger (paper, section 3.4): the failing script corrected. */
export const debuggerAgent = codeAgent({
  name: "debugger",
  role: "coding",
  prompt: debuggerPrompt,
  parts: ({ candidate, fixes }) => [candidate.script, fixes.length],
  update: (draft) => ({ draft }),
});
