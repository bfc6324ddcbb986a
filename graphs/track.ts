import { END, type GraphNode, START, StateGraph } from "@langchain/langgraph";
import { z } from "zod";
import { Candidate } from "../src/core/candidate.ts";
import { ModelDescription } from "../src/core/model-description.ts";
import type { InnerPorts } from "../src/core/ports.ts";
import { Common } from "../src/core/questions.ts";
import { candidates } from "./candidate.ts";
import { initialSolutionGraph } from "./initial-solution.ts";
import { nested } from "./nested.ts";
import { refinementGraph } from "./refinement.ts";

export const TrackInput = Common.extend({
  track: z.int().min(1),
  models: z.array(ModelDescription).default([]),
});
const TrackState = TrackInput.extend({ solution: Candidate.nullable().default(null), candidates });
type TrackNode = GraphNode<typeof TrackState>;

/** One of the L solutions: algorithm 1, then algorithm 2. A track in which every candidate failed ends without a solution. */
export function trackGraph(ports: InnerPorts) {
  const initialSolution = initialSolutionGraph(ports);
  const refinement = refinementGraph(ports);
  const node = (typed: TrackNode) => typed;

  const start: TrackNode = async (state, runtime) => {
    const { at, task, workbench, settings, track, models } = state;
    ports.note({
      type: "stage",
      key: `${at}/initial-solution`,
      at,
      stage: "initial solution",
      state: "started",
    });
    const input = { at, task, workbench, settings, track, models };
    const end = await initialSolution.invoke(input, nested(runtime));
    return { solution: end.base, candidates: end.candidates };
  };

  const refine: TrackNode = async (state, runtime) => {
    const { at, task, workbench, settings, solution: base } = state;
    if (base === null) return {};
    ports.note({
      type: "stage",
      key: `${at}/refinement`,
      at,
      stage: "refinement",
      state: "started",
    });
    const end = await refinement.invoke({ at, task, workbench, settings, base }, nested(runtime));
    return { solution: end.base };
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
