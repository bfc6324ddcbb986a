import { taskAnalystPrompt } from "../prompts/task-analyst.ts";
import { TaskAnalystAnswer } from "../src/core/questions.ts";
import { dataAgent } from "./define-agent.ts";

/** Finds metric, direction and modality of a task that does not say them plainly. */
export const taskAnalyst = dataAgent({
  name: "task-analyst",
  role: "checking",
  prompt: taskAnalystPrompt,
  parts: ({ draft }) => [draft.name, draft.description],
  schema: TaskAnalystAnswer,
  update: (analysis) => ({ analysis }),
});
