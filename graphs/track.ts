import { END, type LangGraphRunnableConfig, START, StateGraph } from "@langchain/langgraph";
import { z } from "zod";
import { ModelDescription } from "../src/core/model-description.ts";
import type { Evaluation } from "./evaluation.ts";
import { initialSolutionGraph } from "./initial-solution.ts";
import { nested, nodeOf, Seen } from "./node.ts";
import type { Ports } from "./ports.ts";
import { refinementGraph } from "./refinement.ts";

const TrackState = Seen.extend({
  at: z.string(),
  models: z.array(ModelDescription).default([]),
  solution: z.string().nullable().default(null),
});
type TrackState = z.infer<typeof TrackState>;

/** One of the L solutions: algorithm 1, then algorithm 2. A track in which every candidate failed ends without a solution. */
export function trackGraph(ports: Ports, evaluation: Evaluation) {
  const initialSolution = initialSolutionGraph(ports, evaluation);
  const refinement = refinementGraph(ports, evaluation);
  const node = nodeOf<TrackState>(ports);
  const note = (at: string, stage: string) =>
    ports.journal.note({ type: "stage", key: `${at}/${stage}`, at, stage });

  const start = async ({ at, models }: TrackState, runtime: LangGraphRunnableConfig) => {
    note(at, "initial solution");
    const { base } = await initialSolution.invoke({ at, models }, nested(runtime));
    return { solution: base };
  };

  const refine = async (state: TrackState, runtime: LangGraphRunnableConfig) => {
    const { at, solution } = state;
    if (solution === null) return {};
    note(at, "refinement");
    const { base } = await refinement.invoke({ at, base: solution }, nested(runtime));
    return { solution: base };
  };

  return new StateGraph(TrackState)
    .addNode("initial-solution", node(start), { subgraphs: [initialSolution] })
    .addNode("refinement", node(refine), { subgraphs: [refinement] })
    .addEdge(START, "initial-solution")
    .addConditionalEdges(
      "initial-solution",
      ({ solution }) => (solution === null ? END : "refinement"),
      ["refinement", END],
    )
    .addEdge("refinement", END)
    .compile({ name: "track" });
}
