import { END, type LangGraphRunnableConfig, Send, START, StateGraph } from "@langchain/langgraph";
import { z } from "zod";
import { ModelDescription } from "../src/core/model-description.ts";
import { place } from "../src/core/place.ts";
import { RunContext } from "../src/core/run-context.ts";
import { ensembleGraph } from "./ensemble.ts";
import { evaluationOf } from "./evaluation.ts";
import { explorationOf } from "./exploration.ts";
import { decide, ids, nested, nodeOf } from "./node.ts";
import type { Ports } from "./ports.ts";
import { Alone, OwnModels, preparation, TaskFolder } from "./preparation.ts";
import { submissionGraph } from "./submission.ts";
import { trackGraph } from "./track.ts";

const MleStarInput = TaskFolder.extend(OwnModels.shape);
/** Beyond the input, `prepare` gives every field its first value: zod's defaults reach only a graph's input. */
const MleStarState = Alone.extend({
  /** Solutions of the tracks, and the ensembles of them. */
  solutions: ids,
  ensembles: z.array(z.string()),
});
type MleStarState = z.infer<typeof MleStarState>;
type Runtime = LangGraphRunnableConfig;

const TrackInput = z.object({ at: z.string(), models: z.array(ModelDescription) });

/** The whole of MLE-STAR: L tracks in parallel, their ensemble, and the submission of the best of all. */
export function mleStarGraph(ports: Ports) {
  const evaluation = evaluationOf(ports);
  const explore = explorationOf(ports);
  const track = trackGraph(ports, evaluation, explore);
  const ensemble = ensembleGraph(ports, evaluation);
  const submission = submissionGraph(ports, evaluation);
  const { prepare, analyse, report, isPrepared } = preparation(ports);
  const { journal, settings } = ports;
  const { ledger } = journal;
  const node = nodeOf<MleStarState>(ports);

  const runTrack = async (input: z.infer<typeof TrackInput>, runtime: Runtime) => {
    const { solution } = await track.invoke(input, nested(runtime));
    return { solutions: solution === null ? [] : [solution], seen: ledger.count };
  };

  const combine = async (state: MleStarState, runtime: Runtime) => {
    const at = place.ensemble.text;
    journal.note({ type: "stage", key: at, at, stage: "combining the solutions" });
    const about = { at: place.ensemble, parts: state.solutions };
    const { chosen: solutions } = decide(ports, "ensemble", about, () => {
      const chosen = ledger.standing(state.solutions).map(({ id }) => id);
      const reason = "the solutions that count";
      return { chosen, kept: chosen.length > 0, reason };
    });
    const { ensembles } = await ensemble.invoke({ at, solutions }, nested(runtime));
    return { ensembles };
  };

  const submit = async ({ solutions, ensembles }: MleStarState, runtime: Runtime) => {
    const input = { at: place.submission.text, candidates: [...solutions, ...ensembles] };
    const { solution } = await submission.invoke(input, nested(runtime));
    return { solution };
  };

  const eachTrack = ({ models }: MleStarState) =>
    Array.from(
      { length: settings.tracks },
      (_, index) => new Send("track", { at: place.track(index + 1).text, models }),
    );

  /** Tracks search for models while the data are looked at; their first scripts wait for what is found. */
  const begin = (state: MleStarState) => ["explorer" as const, ...eachTrack(state)];

  return new StateGraph({ state: MleStarState, input: MleStarInput, context: RunContext })
    .addNode(
      "prepare",
      node(async () => ({ ...(await prepare()), ensembles: [] })),
    )
    .addNode("task-analyst", node(analyse))
    .addNode(
      "explorer",
      node((_, runtime) => explore(runtime)),
    )
    .addNode("track", runTrack, { input: TrackInput, subgraphs: [track] })
    .addNode("ensemble", node(combine), { subgraphs: [ensemble] })
    .addNode("submission", node(submit), { subgraphs: [submission] })
    .addNode("report", node(report))
    .addEdge(START, "prepare")
    .addConditionalEdges("prepare", (state) => (isPrepared() ? begin(state) : "task-analyst"), [
      "task-analyst",
      "explorer",
      "track",
    ])
    .addConditionalEdges("task-analyst", begin, ["explorer", "track"])
    .addEdge("track", "ensemble")
    .addEdge("ensemble", "submission")
    .addEdge("submission", "report")
    .addEdge("report", END)
    .compile();
}
