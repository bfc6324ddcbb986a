import { END, type GraphNode, Send, START, StateGraph } from "@langchain/langgraph";
import { z } from "zod";
import { submitter } from "../agents/submitter.ts";
import { Candidate, ranked } from "../src/core/candidate.ts";
import { ModelDescription } from "../src/core/model-description.ts";
import type { Ports } from "../src/core/ports.ts";
import { RunContext } from "../src/core/run-context.ts";
import { candidates } from "./candidate.ts";
import { ensembleGraph } from "./ensemble.ts";
import { evaluateGraph, evaluateWith } from "./evaluate.ts";
import { nested, orElse } from "./nested.ts";
import { known, Prepared, preparation, TaskFolder } from "./preparation.ts";
import { reviewText } from "./review.ts";
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
  /** Those still to be tried for the submission, best first. */
  finalists: z.array(Candidate),
  /** The script to submit; null when a person left it out. */
  script: z.string().nullable(),
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
  const evaluating = evaluateGraph(ports);
  const evaluate = evaluateWith(evaluating);
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
    return {
      ensembles,
      finalists: ranked([...solutions, ...ensembles], task.direction).slice(0, SUBMISSIONS),
    };
  };

  const submit: MleStarNode = async (state, runtime) => {
    const [candidate] = state.finalists;
    if (candidate === undefined) return {};
    const { draft } = await submitter(ports)(
      { ...known(state), at: submissionPlace(state), candidate },
      runtime,
    );
    return { script: draft };
  };

  const review: MleStarNode = (state) => {
    const { finalists, script, settings } = state;
    const at = submissionPlace(state);
    const title = `${at}: the script to be submitted, made from: ${finalists[0]?.title}`;
    const kept = reviewText(script ?? "", { at, settings, ports, subject: "submission", title });
    return kept === null ? { script: null, finalists: finalists.slice(1) } : { script: kept };
  };

  const runSubmission: MleStarNode = async (state, runtime) => {
    const [candidate, ...rest] = state.finalists;
    if (candidate === undefined) return {};
    const at = submissionPlace(state);
    const outcome = isSubmitted(state, candidate)
      ? { candidate, problem: null }
      : await evaluate(
          { ...known(state), at },
          { title: candidate.title, script: state.script ?? "", purpose: "submission" },
          runtime,
        );
    const kept = outcome.candidate.run?.submission?.valid === true;
    const reason = kept ? candidate.title : (outcome.problem ?? "it left no valid submission");
    ports.note({
      type: "decision",
      key: `${at}/decision`,
      at,
      subject: "submission",
      kept,
      reason,
    });
    if (!kept) return { finalists: rest };
    const solution = { ...outcome.candidate, score: candidate.score };
    await ports.promote.always(solution);
    return { finalists: [], solution };
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
    .addNode("submitter", node(orElse(submit, () => ({ script: "" }))))
    .addNode("review-submission", node(review))
    .addNode("evaluate-submission", node(runSubmission), { subgraphs: [evaluating] })
    .addNode("report", node(report))
    .addEdge(START, "prepare")
    .addConditionalEdges(
      "prepare",
      (state) => (state.task === null ? "task-analyst" : eachTrack(state)),
      ["task-analyst", "track"],
    )
    .addConditionalEdges("task-analyst", eachTrack, ["track"])
    .addEdge("track", "ensemble")
    .addConditionalEdges("ensemble", submitOrReport, ["submitter", "report"])
    .addEdge("submitter", "review-submission")
    .addConditionalEdges(
      "review-submission",
      (state) => (state.script === null ? submitOrReport(state) : "evaluate-submission"),
      ["evaluate-submission", "submitter", "report"],
    )
    .addConditionalEdges("evaluate-submission", submitOrReport, ["submitter", "report"])
    .addEdge("report", END)
    .compile();
}

const UNTRIED = { ensembles: [], finalists: [], script: null, solution: null };

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

const submitOrReport = ({ finalists }: MleStarState) =>
  finalists.length > 0 ? "submitter" : "report";

const submissionPlace = ({ finalists }: MleStarState) => `submission/${finalists[0]?.id ?? ""}`;

/** Whether the finalist's own run already is the submission: nothing was changed and no row was left out. */
const isSubmitted = ({ script, task, settings }: MleStarState, { script: own, run }: Candidate) =>
  script === own &&
  run?.submission?.valid === true &&
  task?.train?.complete === true &&
  task.train.rows <= settings.maxTrainRows;
