import { END, type GraphNode, Send, START, StateGraph } from "@langchain/langgraph";
import { z } from "zod";
import { Candidate, ranked } from "../src/core/candidate.ts";
import { ModelDescription } from "../src/core/model-description.ts";
import type { Ports } from "../src/core/ports.ts";
import { RunContext } from "../src/core/run-context.ts";
import { candidates } from "./candidate.ts";
import { ensembleGraph } from "./ensemble.ts";
import { nested } from "./nested.ts";
import { known, Prepared, preparation, TaskFolder } from "./preparation.ts";
import { submissionGraph } from "./submission.ts";
import { TrackInput, trackGraph } from "./track.ts";

const MleStarInput = TaskFolder.extend({
  models: z.array(ModelDescription).default([]).meta({
    title: "Your models",
    description: "descriptions of your own, tried in every track before those found",
  }),
});
/** Beyond the input, `prepare` gives every field its first value: zod's defaults reach only a graph's input. */
const MleStarState = MleStarInput.extend({
  ...Prepared.shape,
  /** Solutions of the tracks, and the ensembles of them. */
  solutions: candidates,
  ensembles: z.array(Candidate),
  /** What was submitted; null when only the best of the search stands, or nothing does. */
  solution: Candidate.nullable(),
});
type MleStarState = z.infer<typeof MleStarState>;
type MleStarNode = GraphNode<typeof MleStarState, RunContext>;

/** How many finalists may fail to make a submission before the best one so far is left to stand. */
const SUBMISSIONS = 3;

/** The whole of MLE-STAR: L tracks in parallel, their ensemble, and the submission of the best of all. */
export function mleStarGraph(ports: Ports) {
  const track = trackGraph(ports);
  const ensemble = ensembleGraph(ports);
  const submission = submissionGraph(ports);
  const { prepare, analyse } = preparation(ports);
  const node = (typed: MleStarNode) => typed;

  const begin: MleStarNode = async (state, runtime) => ({
    ...UNTRIED,
    ...(await prepare(state, runtime)),
  });

  const runTrack = async (
    input: z.infer<typeof TrackInput>,
    runtime: Parameters<MleStarNode>[1],
  ) => {
    const end = await track.invoke(input, nested(runtime));
    return { solutions: end.solution === null ? [] : [end.solution] };
  };

  const combine: MleStarNode = async (state, runtime) => {
    const { task, workbench, settings } = known(state);
    const solutions = ranked(state.solutions, task.direction);
    ports.note({
      type: "stage",
      key: "ensemble",
      at: "ensemble",
      stage: "ensemble",
      state: "started",
    });
    const input = { at: "ensemble", task, workbench, settings, solutions };
    const { ensembles } = await ensemble.invoke(input, nested(runtime));
    return { ensembles };
  };

  const submit: MleStarNode = async (state, runtime) => {
    const { task, workbench, settings } = known(state);
    const all = ranked([...state.solutions, ...state.ensembles], task.direction);
    const input = {
      at: "submission",
      task,
      workbench,
      settings,
      finalists: all.slice(0, SUBMISSIONS),
    };
    const { solution } = await submission.invoke(input, nested(runtime));
    return { solution };
  };

  const report: MleStarNode = async (state) => {
    await ports.finish(known(state).task, state.solution);
    return {};
  };

  return new StateGraph({ state: MleStarState, input: MleStarInput, context: RunContext })
    .addNode("prepare", node(begin))
    .addNode("task-analyst", node(analyse))
    .addNode("track", runTrack, { input: TrackInput, subgraphs: [track] })
    .addNode("ensemble", node(combine), { subgraphs: [ensemble] })
    .addNode("submission", node(submit), { subgraphs: [submission] })
    .addNode("report", node(report))
    .addEdge(START, "prepare")
    .addConditionalEdges(
      "prepare",
      (state) => (state.task === null ? "task-analyst" : eachTrack(state)),
      ["task-analyst", "track"],
    )
    .addConditionalEdges("task-analyst", eachTrack, ["track"])
    .addEdge("track", "ensemble")
    .addEdge("ensemble", "submission")
    .addEdge("submission", "report")
    .addEdge("report", END)
    .compile();
}

const UNTRIED = { ensembles: [], solution: null };

const eachTrack = (state: MleStarState) =>
  Array.from({ length: state.settings.tracks }, (_, index) => {
    const track = index + 1;
    return new Send("track", {
      ...known(state),
      at: `track-${track}`,
      track,
      models: state.models,
    });
  });
