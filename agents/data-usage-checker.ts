import { dataUsageCheckerPrompt } from "../prompts/data-usage-checker.ts";
import { DataUsageCheckerAnswer } from "../src/core/questions.ts";
import { dataAgent } from "./define-agent.ts";

/** A_data (paper, section 3.4): whether every provided source of information is used, with the script that does. */
export const dataUsageChecker = dataAgent({
  name: "data-usage-checker",
  role: "checking",
  prompt: dataUsageCheckerPrompt,
  parts: ({ candidate }) => candidate.script,
  schema: DataUsageCheckerAnswer,
  update: (dataUsage) => ({ dataUsage }),
});
