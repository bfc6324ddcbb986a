import { END, type GraphNode, START, StateGraph } from "@langchain/langgraph";
import { z } from "zod";
import { ensemblePlanner } from "../agents/ensemble-planner.ts";
import { ensembler } from "../agents/ensembler.ts";
import { Attempt } from "../src/core/attempt.ts";
import { best, Candidate } from "../src/core/candidate.ts";
import { attemptOf, candidateEvent, isWorn, titleOf } from "../src/core/history.ts";
import type { InnerPorts } from "../src/core/ports.ts";
import { Common } from "../src/core/questions.ts";
import type { Step } from "../src/core/step.ts";
import { affordable } from "./affordable.ts";
import { evaluateGraph, evaluateWith } from "./evaluate.ts";
import { orElse } from "./nested.ts";
import { reviewText } from "./review.ts";

/** The first plan of every ensemble, asked of nobody. */
const PLAIN_AVERAGE = "Average the predictions of all solutions with equal weights.";

const EnsembleState = Common.extend({
  /** The scored solutions of the tracks. */
  solutions: z.array(Candidate),
  plan: z.string().default(PLAIN_AVERAGE),
  draft: z.string().default(""),
  attempts: z.array(Attempt).default([]),
  ensembles: z.array(Candidate).default([]),
});
type EnsembleState = z.infer<typeof EnsembleState>;
type EnsembleNode = GraphNode<typeof EnsembleState>;

/** Algorithm 3: R ways to combine the solutions, each planned in the light of those before. */
export function ensembleGraph(ports: InnerPorts) {
  const evaluating = evaluateGraph(ports);
  const evaluate = evaluateWith(evaluating);
  const node = (typed: EnsembleNode) => typed;

  const askPlanner: EnsembleNode = (state, runtime) =>
    ensemblePlanner(ports)({ ...state, at: roundPlace(state) }, runtime);

  const review: EnsembleNode = (state) => {
    const { plan, settings, solutions } = state;
    const at = roundPlace(state);
    const title = `${at}: plan to combine ${solutions.map(({ title }) => title).join("; ")}`;
    return { plan: reviewText(plan, { at, settings, ports, subject: "ensembles", title }) ?? plan };
  };

  const askEnsembler: EnsembleNode = (state, runtime) =>
    ensembler(ports)({ ...state, at: roundPlace(state) }, runtime);

  const scoreRound: EnsembleNode = async (state, runtime) => {
    const { task, plan, draft: script, solutions, attempts, ensembles } = state;
    const at = roundPlace(state);
    const fresh = { title: `ensemble: ${titleOf(plan)}`, script, purpose: "solution" as const };
    const outcome = await evaluate({ ...state, at }, fresh, runtime);
    ports.note(candidateEvent(outcome, { plan }));
    const strongest = best(solutions, task.direction);
    return {
      attempts: [...attempts, attemptOf(plan, strongest, outcome, task.direction)],
      ensembles: [...ensembles, outcome.candidate],
    };
  };

  const failedRound = ({ message: problem }: Error, { plan, attempts }: EnsembleState) => ({
    plan: "",
    draft: "",
    attempts: [...attempts, { plan, score: null, gain: null, seconds: null, problem }],
  });

  return new StateGraph(EnsembleState)
    .addNode("ensemble-planner", node(orElse(askPlanner, failedRound)))
    .addNode("review-plan", node(review))
    .addNode("ensembler", node(orElse(askEnsembler, failedRound)))
    .addNode("evaluate", node(scoreRound), { subgraphs: [evaluating] })
    .addConditionalEdges(
      START,
      affordable(ports, nextRound, (state) => (moreRounds(state) === END ? END : "review-plan")),
      ["review-plan", END],
    )
    .addConditionalEdges(
      "ensemble-planner",
      affordable(ports, nextRound, (state) =>
        state.plan === "" ? moreRounds(state) : "review-plan",
      ),
      ["review-plan", "ensemble-planner", END],
    )
    .addEdge("review-plan", "ensembler")
    .addConditionalEdges(
      "ensembler",
      affordable(ports, nextRound, (state) =>
        state.draft === "" ? moreRounds(state) : "evaluate",
      ),
      ["evaluate", "ensemble-planner", END],
    )
    .addConditionalEdges("evaluate", affordable(ports, nextRound, moreRounds), [
      "ensemble-planner",
      END,
    ])
    .compile({ name: "ensemble" });
}

const roundPlace = ({ at, attempts }: EnsembleState) => `${at}/round-${attempts.length + 1}`;

const nextRound = (state: EnsembleState): Step => ({ kind: "ensemble", at: roundPlace(state) });

const moreRounds = ({ solutions, attempts, settings }: EnsembleState) =>
  solutions.length >= 2 && attempts.length < settings.ensembleRounds && !isWorn(attempts, settings)
    ? "ensemble-planner"
    : END;
