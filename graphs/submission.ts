import { END, type GraphNode, START, StateGraph } from "@langchain/langgraph";
import { z } from "zod";
import { submitter } from "../agents/submitter.ts";
import { hasDrifted } from "../src/core/agreement.ts";
import { Candidate } from "../src/core/candidate.ts";
import type { SubmissionPorts } from "../src/core/ports.ts";
import { Common } from "../src/core/questions.ts";
import { evaluateGraph, evaluateWith } from "./evaluate.ts";
import { orElse } from "./nested.ts";
import { reviewText } from "./review.ts";

const SubmissionState = Common.extend({
  /** Those still to be tried, best first. */
  finalists: z.array(Candidate),
  /** The script to submit; null when a person left it out. */
  script: z.string().nullable().default(null),
  /** Whether that is the finalist's own script, after the one made of it failed. */
  fallsBack: z.boolean().default(false),
  solution: Candidate.nullable().default(null),
});
type SubmissionState = z.infer<typeof SubmissionState>;
type SubmissionNode = GraphNode<typeof SubmissionState>;

/**
 * Makes the submission of the best finalist (A_test; paper, section 3.4): its script for all rows is written, run, and held
 * against what it was made from. What fails falls back to the finalist's own script, then to the next finalist, and where
 * nothing ever had a submission to a plain baseline.
 */
export function submissionGraph(ports: SubmissionPorts) {
  const evaluating = evaluateGraph(ports);
  const evaluate = evaluateWith(evaluating);
  const node = (typed: SubmissionNode) => typed;

  const decide = (at: string, kept: boolean, reason: string) =>
    ports.note({
      type: "decision",
      key: `${at}/decision`,
      at,
      subject: "submission",
      kept,
      reason,
    });

  const submit: SubmissionNode = async (state, runtime) => {
    const [candidate] = state.finalists;
    if (candidate === undefined) return {};
    const { draft } = await submitter(ports)({ ...state, at: placeOf(state), candidate }, runtime);
    return { script: draft };
  };

  const review: SubmissionNode = (state) => {
    const { finalists, script, settings } = state;
    const at = placeOf(state);
    const title = `${at}: the script to be submitted, made from: ${finalists[0]?.title}`;
    const about = { at, settings, ports, subject: "submission" as const, title };
    const kept = reviewText(script ?? "", about);
    return kept === null ? { script: null, finalists: finalists.slice(1) } : { script: kept };
  };

  /** Why the predictions cannot be those of the finalist, in a sentence; null when they may be. */
  const drift = async ({ finalists: [candidate, ...others] }: SubmissionState, runId: string) => {
    const own = candidate?.run?.submission?.valid === true ? candidate.run.id : null;
    const agreement = own === null ? null : await ports.agreement(own, runId);
    if (own === null || agreement === null) return null;
    const among = await Promise.all(
      others.map(({ run }) => (run === null ? null : ports.agreement(own, run.id))),
    );
    const yardstick = among.filter((value) => value !== null);
    return hasDrifted(agreement, yardstick)
      ? `its predictions are not those of ${own}: they agree to ${agreement.toFixed(2)}, where 1 is the same and 0 unrelated`
      : null;
  };

  const score: SubmissionNode = async (state, runtime) => {
    const { finalists, script, fallsBack, settings } = state;
    const [candidate, ...rest] = finalists;
    if (candidate === undefined || script === null) return {};
    const at = fallsBack ? `${placeOf(state)}/own` : placeOf(state);
    const fresh = { title: candidate.title, script, purpose: "submission" as const };
    const outcome = isSubmitted(state, candidate)
      ? { candidate, problem: null, refused: false }
      : await evaluate({ ...state, at }, fresh, runtime);
    const { run } = outcome.candidate;
    const failure =
      run?.submission?.valid === true
        ? settings.review.includes("submission")
          ? null
          : await drift(state, run.id)
        : (outcome.problem ?? "it left no valid submission");
    const reason = failure ?? candidate.title;
    const kept = failure === null;
    decide(at, kept, reason);
    if (kept) {
      const solution = { ...outcome.candidate, score: candidate.score };
      await ports.promote.always(solution);
      return { finalists: [], solution };
    }
    // Without room for a submission the best solution so far stands.
    if (outcome.refused) return { finalists: [] };
    return fallsBack || script === candidate.script
      ? { finalists: rest, script: null, fallsBack: false }
      : { script: candidate.script, fallsBack: true };
  };

  const standIn: SubmissionNode = async (state, runtime) => {
    const script = ports.baseline(state);
    if (script === null) return {};
    const settings = { ...state.settings, leakageCheck: false, debugRounds: 0 };
    const fresh = { title: "plain baseline", script, purpose: "submission" as const };
    const at = "submission/baseline";
    const { candidate } = await evaluate({ ...state, at, settings }, fresh, runtime);
    const kept = candidate.run?.submission?.valid === true;
    const reason = "no candidate left a score and a valid submission: this is a plain baseline";
    decide(at, kept, reason);
    if (!kept) return {};
    await ports.promote.always(candidate);
    return { solution: candidate };
  };

  const next = (state: SubmissionState) => {
    if (state.finalists.length > 0) return state.script === null ? "submitter" : "evaluate";
    return state.solution === null && !ports.promote.stands() ? "baseline" : END;
  };

  return new StateGraph(SubmissionState)
    .addNode(
      "submitter",
      node(orElse(submit, (_, { finalists }) => ({ script: finalists[0]?.script ?? null }))),
    )
    .addNode("review-submission", node(review))
    .addNode("evaluate", node(score), { subgraphs: [evaluating] })
    .addNode("baseline", node(standIn), { subgraphs: [evaluating] })
    .addConditionalEdges(START, next, ["submitter", "evaluate", "baseline", END])
    .addEdge("submitter", "review-submission")
    .addConditionalEdges("review-submission", next, ["evaluate", "submitter", "baseline", END])
    .addConditionalEdges("evaluate", next, ["evaluate", "submitter", "baseline", END])
    .addEdge("baseline", END)
    .compile({ name: "submission" });
}

const placeOf = ({ finalists }: SubmissionState) => `submission/${finalists[0]?.id ?? ""}`;

/** Whether the finalist's own run already is the submission: nothing was changed and no row was left out. */
const isSubmitted = (
  { script, task, settings }: SubmissionState,
  { script: own, run }: Candidate,
) =>
  script === own &&
  run?.submission?.valid === true &&
  task.train?.complete === true &&
  task.train.rows <= settings.maxTrainRows;
