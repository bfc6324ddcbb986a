import { debuggerPrompt } from "../prompts/debugger.ts";
import { editAgent } from "./define-agent.ts";

/** A_debugger (paper, section 3.4): the failing script corrected. */
export const debuggerAgent = editAgent({
  name: "debugger",
  role: "coding",
  prompt: debuggerPrompt,
  parts: ({ candidate, fixes }) => [candidate.script, fixes.length],
  script: ({ candidate }) => candidate.script,
  update: (draft) => ({ draft }),
});
