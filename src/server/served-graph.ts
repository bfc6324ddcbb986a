import type { RunnableConfig } from "@langchain/core/runnables";
import { IterableReadableStream } from "@langchain/core/utils/stream";
import type { Ports } from "../../graphs/ports.ts";
import type { GraphName } from "../core/run-context.ts";
import { editState } from "./edit-state.ts";
import { NO_PORTS } from "./no-ports.ts";
import { RunCheckpoints } from "./run-checkpoints.ts";
import { runsFolder, serveRun } from "./served-run.ts";

/**
 * A graph as LangGraph's server is to have it: its picture, forms and states are the graph's own, and running it opens the
 * run of that thread with everything real behind it. The server would put its own checkpointer in place, which loses a
 * run's work when it is killed: ours stays.
 */
export function served<Graph extends object>(
  name: GraphName,
  make: (ports: Ports) => Graph,
): Graph {
  const checkpoints = new RunCheckpoints(runsFolder());
  return Object.defineProperties(make(NO_PORTS), {
    checkpointer: { get: () => checkpoints, set: () => {}, configurable: true },
    stream: {
      value: async (input: unknown, options: unknown) =>
        IterableReadableStream.fromAsyncGenerator(serveRun(name, checkpoints, input, options)),
    },
    updateState: {
      value: (config: RunnableConfig, values: unknown, asNode?: string) =>
        editState(runsFolder(), checkpoints, config, values, asNode),
    },
  });
}
