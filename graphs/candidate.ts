import { END, type GraphNode, Send, START, StateGraph } from "@langchain/langgraph";
import { withLangGraph } from "@langchain/langgraph/zod";
import { z } from "zod";
import { initializer } from "../agents/initializer.ts";
import { Candidate } from "../src/core/candidate.ts";
import { candidateEvent } from "../src/core/history.ts";
import type { ModelDescription } from "../src/core/model-description.ts";
import type { InnerPorts } from "../src/core/ports.ts";
import { type Common, InitializerInput } from "../src/core/questions.ts";
import { affordable } from "./affordable.ts";
import { evaluateGraph, evaluateWith } from "./evaluate.ts";
import { nested, orElse } from "./nested.ts";

/** Candidates of parallel branches, joined in the order they were sent. */
export const candidates = withLangGraph(z.array(Candidate), {
  default: () => [],
  reducer: {
    schema: z.array(Candidate),
    fn: (all: Candidate[], more: Candidate[]) => [...all, ...more],
  },
});

const CandidateState = InitializerInput.extend({ draft: z.string().default(""), candidates });
type CandidateNode = GraphNode<typeof CandidateState>;

/** One retrieved model: its script (A_init) and the score of it. A model that cannot be used is data. */
export function candidateGraph(ports: InnerPorts) {
  const evaluating = evaluateGraph(ports);
  const evaluate = evaluateWith(evaluating);
  const node = (typed: CandidateNode) => typed;

  const score: CandidateNode = async (state, runtime) => {
    const { description, draft: script } = state;
    const outcome = await evaluate(
      state,
      { title: description.name, script, purpose: "solution" },
      runtime,
    );
    ports.note(candidateEvent(outcome));
    return { candidates: [outcome.candidate] };
  };

  return new StateGraph(CandidateState)
    .addNode(
      "initializer",
      node(
        orElse(initializer(ports), ({ message }, { at, description }) => {
          const candidate = { id: at, title: description.name, script: "", run: null, score: null };
          ports.note(candidateEvent({ candidate, problem: message }));
          return { draft: "", candidates: [candidate] };
        }),
      ),
    )
    .addNode("evaluate", node(score), { subgraphs: [evaluating] })
    .addConditionalEdges(
      START,
      affordable(
        ports,
        ({ at }) => ({ kind: "candidate", at }),
        () => "initializer",
      ),
      ["initializer", END],
    )
    .addConditionalEdges("initializer", ({ draft }) => (draft === "" ? END : "evaluate"), [
      "evaluate",
      END,
    ])
    .addEdge("evaluate", END)
    .compile({ name: "candidate" });
}

/** Runs one branch of the fan-out over models inside a node. */
export const candidateBranch =
  (graph: ReturnType<typeof candidateGraph>): GraphNode<typeof CandidateState> =>
  async ({ at, task, workbench, settings, description }, runtime) => {
    const branch = { at, task, workbench, settings, description };
    const end = await graph.invoke(branch, nested(runtime));
    return { candidates: end.candidates };
  };

/** The fan-out: a branch for each model. */
export const eachModel = (state: Common & { models: ModelDescription[] }) =>
  state.models.map((description, index) => {
    const { at, task, workbench, settings } = state;
    const place = `${at}/model-${index + 1}`;
    return new Send("candidate", { at: place, task, workbench, settings, description });
  });
