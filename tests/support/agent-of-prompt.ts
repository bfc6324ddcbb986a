/** Words that stand in the prompt of one agent only: providers are not told who asks. */
const WORDS: Readonly<Record<string, string | readonly string[]>> = {
  "task-analyst": "A task was read from a folder",
  "query-writer": "Write three or four queries",
  explorer: "Nobody has worked on this task yet",
  retriever: "models (or modelling approaches)",
  initializer: "Write a first solution",
  merger: "Join the reference solution",
  "leakage-checker": "Is the validation score of the script below honest?",
  "data-usage-checker": "use every source of information",
  ablator: "Write an ablation study",
  summarizer: "Below are the script of an ablation study",
  extractor: ["Decide what is to be tried next", "Choose the one block of the solution"],
  planner: "# Plans already tried",
  coder: ["Rewrite one block", "Write one whole script along the plan"],
  debugger: "The script below failed",
  "ensemble-planner": "finished solutions of the task",
  ensembler: "Write one script that combines",
  submitter: "is the best of the whole search",
};

/** The agent whose prompt this is. */
export function agentOfPrompt(prompt: string): string {
  const found = Object.keys(WORDS).filter((agent) =>
    [WORDS[agent] ?? agent].flat().some((words) => prompt.includes(words)),
  );
  const [agent, ...others] = found;
  if (agent === undefined || others.length > 0)
    throw new Error(`a prompt of ${found.join(" or ") || "no agent"}: ${prompt.slice(0, 80)}`);
  return agent;
}
