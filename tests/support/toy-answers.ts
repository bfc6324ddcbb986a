import { fenced } from "./scripted-model.ts";

const BLOCK = "# features\nx = 1";

/** What a good model answers to each agent, in the toy scripts that the fake runner knows: `score 5` prints 5. */
export const toyAnswers = (score: () => number): Readonly<Record<string, () => string>> => ({
  "query-writer": () => JSON.stringify({ queries: ["boosting for tables"] }),
  explorer: () => fenced("learned that y is skewed"),
  retriever: () =>
    JSON.stringify({
      models: ["boosting", "forest", "linear"].map((name) => ({
        name,
        description: `A ${name} model.`,
        exampleCode: "model.fit(X, y)",
        sources: [],
      })),
    }),
  initializer: () => fenced(`score ${score()}\n${BLOCK}`),
  merger: () => fenced(`score ${score()}\n${BLOCK}\n# merged`),
  "leakage-checker": () =>
    JSON.stringify({ leaks: false, explanation: "It is split first.", block: "", correction: "" }),
  "data-usage-checker": () =>
    JSON.stringify({ usesAll: true, explanation: "All used.", script: "" }),
  ablator: () => fenced("Ablation[baseline]: 5\nAblation[features]: 7"),
  summarizer: () => "Without the features the error rises by 2.",
  extractor: () =>
    JSON.stringify({ block: BLOCK, firstLine: 2, lastLine: 3, plan: "Scale the features." }),
  planner: () => JSON.stringify({ plan: "Take the logarithm of the features." }),
  coder: () => fenced(`# features\nx = ${score()}\nscore ${score()}`),
  debugger: () => fenced(`score ${score()}\n${BLOCK}\n# mended`),
  "ensemble-planner": () => "Average the two.",
  ensembler: () => fenced(`score ${score()}\n${BLOCK}\n# averaged`),
  submitter: () => fenced(`score ${score()}\n${BLOCK}\n# final`),
});
