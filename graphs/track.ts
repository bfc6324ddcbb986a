import { END, type LangGraphRunnableConfig, START, StateGraph } from "@langchain/langgraph";
import { ensembleGraph } from "./ensemble.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Explore } from "./exploration.ts";
import { initialSolutionGraph } from "./initial-solution.ts";
import { lapNodes } from "./laps.ts";
import { nested, nodeOf } from "./node.ts";
import type { Ports } from "./ports.ts";
import { refinementGraph } from "./refinement.ts";
import { TrackState } from "./track-state.ts";

/**
 * One of the L solutions: algorithm 1, then algorithm 2, then laps while the caps leave room. A track in which every
 * candidate failed ends without a solution.
 */
export function trackGraph(ports: Ports, evaluation: Evaluation, explore?: Explore) {
  const initialSolution = initialSolutionGraph(ports, evaluation, explore);
  const refinement = refinementGraph(ports, evaluation);
  const ensemble = ensembleGraph(ports, evaluation);
  const laps = lapNodes(ports, { initialSolution, refinement, ensemble });
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
    const end = await refinement.invoke({ at, base: solution }, nested(runtime));
    const { base, barren, earlierBlocks, refusals } = end;
    return { solution: base, barren, refusals, blocks: { [base]: earlierBlocks } };
  };

  const anotherLap = (state: TrackState) => (laps.goesOn(state) ? "lap" : END);

  return new StateGraph(TrackState)
    .addNode("initial-solution", node(start), { subgraphs: [initialSolution] })
    .addNode("refinement", node(refine), { subgraphs: [refinement] })
    .addNode("lap", node(laps.choose))
    .addNode("lap-refine", node(laps.refine), { subgraphs: [refinement] })
    .addNode("lap-fresh", node(laps.fresh), { subgraphs: [initialSolution] })
    .addNode("lap-stack", node(laps.stack), { subgraphs: [ensemble] })
    .addEdge(START, "initial-solution")
    .addConditionalEdges(
      "initial-solution",
      ({ solution }) => (solution === null ? END : "refinement"),
      ["refinement", END],
    )
    .addConditionalEdges("refinement", anotherLap, ["lap", END])
    .addConditionalEdges("lap", ({ move }) => (move === null ? END : (`lap-${move}` as const)), [
      "lap-refine",
      "lap-fresh",
      "lap-stack",
      END,
    ])
    .addConditionalEdges("lap-refine", anotherLap, ["lap", END])
    .addConditionalEdges("lap-fresh", anotherLap, ["lap", END])
    .addConditionalEdges("lap-stack", anotherLap, ["lap", END])
    .compile({ name: "track" });
}
