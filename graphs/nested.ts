import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { AgentOutputError, OverBudgetError } from "../src/core/errors.ts";

/**
 * The configuration for a graph that a node runs inside itself. Without the hand-over of its signal, a time-out or a
 * sibling's failure would end the node while the inner graph, and its scripts, went on.
 */
export function nested(runtime: LangGraphRunnableConfig): LangGraphRunnableConfig {
  return {
    ...runtime,
    // A trace inherits them already.
    tags: [],
    configurable: {
      ...runtime.configurable,
      __pregel_abort_signals: { externalAbortSignal: runtime.signal },
    },
  };
}

/** The node's update; when its agent gave no usable answer or was not asked for want of budget, the update made of that. */
export const orElse =
  <State, Runtime, Update, Instead>(
    node: (state: State, runtime: Runtime) => Update | Promise<Update>,
    instead: (failure: Error, state: State) => Instead,
  ) =>
  async (state: State, runtime: Runtime): Promise<Update | Instead> => {
    try {
      return await node(state, runtime);
    } catch (error) {
      if (error instanceof AgentOutputError || error instanceof OverBudgetError)
        return instead(error, state);
      throw error;
    }
  };
