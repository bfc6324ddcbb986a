import { END, type GraphNode, START, StateGraph } from "@langchain/langgraph";
import { z } from "zod";
import { coder } from "../agents/coder.ts";
import { planner } from "../agents/planner.ts";
import { Attempt } from "../src/core/attempt.ts";
import { better, Candidate } from "../src/core/candidate.ts";
import { attemptOf, candidateEvent, isWorn, titleOf } from "../src/core/history.ts";
import type { InnerPorts } from "../src/core/ports.ts";
import { type Block, swapBlock } from "../src/core/python-block.ts";
import { Common } from "../src/core/questions.ts";
import { SCORE_MARKER } from "../src/core/score.ts";
import type { Step } from "../src/core/step.ts";
import { affordable } from "./affordable.ts";
import { evaluateGraph, evaluateWith, type Outcome, trusted } from "./evaluate.ts";
import { orElse } from "./nested.ts";
import { reviewText } from "./review.ts";

const InnerLoopState = Common.extend({
  /** The step's script: every attempt starts from it and from its original block. */
  base: Candidate,
  target: z.object({ text: z.string(), start: z.number() }),
  /** The next plan; the first is the extractor's. Empty when the planner had none. */
  plan: z.string(),
  replacement: z.string().default(""),
  attempts: z.array(Attempt).default([]),
  /** The best attempt so far. */
  challenger: Candidate.nullable().default(null),
});
type InnerLoopState = z.infer<typeof InnerLoopState>;
type InnerLoopNode = GraphNode<typeof InnerLoopState>;

/** The inner loop of algorithm 2: up to K plans rewrite one block, each from the step's own script; the best attempt counts. */
export function innerLoopGraph(ports: InnerPorts) {
  const evaluating = evaluateGraph(ports);
  const evaluate = evaluateWith(evaluating);
  const node = (typed: InnerLoopNode) => typed;

  const askPlanner: InnerLoopNode = (state, runtime) =>
    planner(ports)({ ...state, at: attemptPlace(state), block: state.target.text }, runtime);

  const review: InnerLoopNode = (state) => {
    const { plan, settings } = state;
    const at = attemptPlace(state);
    const title = `${at}: plan for the block\n\n${fenced(state.target.text)}`;
    return { plan: reviewText(plan, { at, settings, ports, subject: "plans", title }) ?? plan };
  };

  const askCoder: InnerLoopNode = (state, runtime) =>
    coder(ports)({ ...state, at: attemptPlace(state), block: state.target.text }, runtime);

  const scoreAttempt: InnerLoopNode = async (state, runtime) => {
    const { base, target, plan, replacement, attempts, challenger, task } = state;
    const at = attemptPlace(state);
    const title = titleOf(plan);
    const changed = withBlock(base.script, target, replacement);
    const outcome: Outcome =
      "script" in changed
        ? await evaluate(
            { ...state, at },
            { title, script: changed.script, purpose: "solution" },
            runtime,
          )
        : failed(at, title, changed.problem);
    ports.note(
      candidateEvent(outcome, { parent: base.id, plan, before: target.text, after: replacement }),
    );
    return {
      base: await trusted(base, outcome, ports),
      attempts: [...attempts, attemptOf(plan, base, outcome, task.direction)],
      challenger:
        challenger === null
          ? outcome.candidate
          : better(challenger, outcome.candidate, task.direction),
    };
  };

  return new StateGraph(InnerLoopState)
    .addNode("planner", node(orElse(askPlanner, withoutPlan)))
    .addNode("review-plan", node(review))
    .addNode("coder", node(orElse(askCoder, () => ({ replacement: "" }))))
    .addNode("evaluate", node(scoreAttempt), { subgraphs: [evaluating] })
    .addEdge(START, "review-plan")
    .addEdge("review-plan", "coder")
    .addEdge("coder", "evaluate")
    .addConditionalEdges("evaluate", affordable(ports, nextAttempt, morePlans), ["planner", END])
    .addConditionalEdges(
      "planner",
      affordable(ports, nextAttempt, (state) =>
        state.plan === "" ? morePlans(state) : "review-plan",
      ),
      ["review-plan", "planner", END],
    )
    .compile({ name: "inner-loop" });
}

const attemptPlace = ({ at, attempts }: InnerLoopState) => `${at}/attempt-${attempts.length + 1}`;

const nextAttempt = (state: InnerLoopState): Step => ({ kind: "attempt", at: attemptPlace(state) });

const fenced = (code: string) => `\`\`\`python\n${code}\n\`\`\``;

const morePlans = ({ attempts, settings }: InnerLoopState) =>
  attempts.length < settings.innerSteps && !isWorn(attempts, settings) ? "planner" : END;

const withoutPlan = ({ message: problem }: Error, { attempts }: InnerLoopState) => ({
  plan: "",
  attempts: [...attempts, { plan: "", score: null, gain: null, seconds: null, problem }],
});

const failed = (id: string, title: string, problem: string): Outcome => ({
  candidate: { id, title, script: "", run: null, score: null },
  problem,
  refused: false,
  leak: null,
});

/** A model asked for the block sometimes answers with the whole script; its score line gives it away. */
const withBlock = (script: string, block: Block, replacement: string) =>
  replacement.includes(SCORE_MARKER) && !block.text.includes(SCORE_MARKER) && replacement !== script
    ? { script: replacement }
    : swapBlock(script, block, replacement);
