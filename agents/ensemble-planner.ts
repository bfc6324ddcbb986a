import { ensemblePlannerPrompt } from "../prompts/ensemble-planner.ts";
import { textAgent } from "./define-agent.ts";

/** A_ens_planner (paper, section 3.3): one new way to combine the solutions. */
export const ensemblePlanner = textAgent({
  name: "ensemble-planner",
  role: "planning",
  prompt: ensemblePlannerPrompt,
  parts: ({ solutions }) => solutions.map(({ script }) => script),
  update: (plan) => ({ plan }),
});
