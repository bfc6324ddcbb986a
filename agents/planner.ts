import { plannerPrompt } from "../prompts/planner.ts";
import { textAgent } from "./define-agent.ts";

/** A_planner (paper, section 3.2): one new plan for the chosen block. */
export const planner = textAgent({
  name: "planner",
  role: "planning",
  prompt: plannerPrompt,
  parts: ({ base, block }) => [base.script, block],
  update: (plan) => ({ plan }),
});
