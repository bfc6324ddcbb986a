import type { RunnableConfig } from "@langchain/core/runnables";
import type { BaseCheckpointSaver } from "@langchain/langgraph";
import { mleStarGraph } from "../../graphs/mle-star.ts";
import type { Ports } from "../../graphs/ports.ts";
import { ensembleAlone, initialSolutionAlone, refinementAlone } from "../../graphs/standalone.ts";
import type { GraphName } from "../core/run-context.ts";
import type { RunRecord } from "../record/run-record.ts";

/** What running a graph needs of it, whichever it is. */
export interface RunGraph {
  invoke(input: unknown, config: object): Promise<unknown>;
  stream(input: unknown, config?: object): Promise<AsyncIterable<unknown>>;
  updateState(config: object, values: unknown, asNode?: string): Promise<RunnableConfig>;
  getState(config: object): Promise<{ createdAt?: string; next: string[] }>;
  checkpointer?: BaseCheckpointSaver | boolean;
}

const GRAPHS = {
  "mle-star": mleStarGraph,
  "initial-solution": initialSolutionAlone,
  refinement: refinementAlone,
  ensemble: ensembleAlone,
} as const satisfies Record<GraphName, (ports: Ports) => RunGraph>;

/** The graph of that name over these ports. */
export const graphNamed = (name: GraphName, ports: Ports): RunGraph => GRAPHS[name](ports);

/** What a run's graph is begun with. */
export const inputOf = ({ task, models, scripts }: RunRecord) => ({
  folder: task.folder,
  models,
  scripts,
  script: scripts[0],
});

/** Supersteps one graph may take; far above what the settings' bounds can ask for. */
export const RECURSION_LIMIT = 10_000;

/** What a trace of the run is named and found by. */
export const traceOf = ({ runId, task, graph, model }: RunRecord) => ({
  runName: `${graph} ${task.name}`,
  tags: [graph, model],
  // LangSmith shows the stretches of an interrupted run together by their session.
  metadata: { run_id: runId, session_id: runId, task: task.name, graph, answered_by: model },
});
