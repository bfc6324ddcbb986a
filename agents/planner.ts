import { plannerPrompt } from "../prompts/planner.ts";
import { PlannerAnswer } from "../src/core/questions.ts";
import { dataAgent } from "./define-agent.ts";

/** A_planner (paper, section 3.2): one new plan for the chosen block, or outside the paper for the whole script. */
export const planner = dataAgent({
  name: "planner",
  role: "planning",
  prompt: plannerPrompt,
  parts: ({ base, block }) => [base.script, block],
  schema: PlannerAnswer,
  update: (proposal) => ({ proposal }),
});
