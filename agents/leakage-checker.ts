import { leakageCheckerPrompt } from "../prompts/leakage-checker.ts";
import { LeakageCheckerAnswer } from "../src/core/questions.ts";
import { dataAgent } from "./define-agent.ts";

/** A_leakage (paper, section 3.4): whether validation or test rows reach training, with the block and its correction. */
export const leakageChecker = dataAgent({
  name: "leakage-checker",
  role: "checking",
  prompt: leakageCheckerPrompt,
  parts: ({ candidate }) => candidate.script,
  schema: LeakageCheckerAnswer,
  update: (leakage) => ({ leakage }),
});
