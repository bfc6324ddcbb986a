import { END, type GraphNode, START, StateGraph } from "@langchain/langgraph";
import { z } from "zod";
import { ablator } from "../agents/ablator.ts";
import { extractor } from "../agents/extractor.ts";
import { summarizer } from "../agents/summarizer.ts";
import { ablationEffects } from "../src/core/ablation.ts";
import { better, Candidate } from "../src/core/candidate.ts";
import type { InnerPorts } from "../src/core/ports.ts";
import { locateBlock } from "../src/core/python-block.ts";
import { Common, SummarizerInput } from "../src/core/questions.ts";
import { begins } from "./affordable.ts";
import { evaluateGraph, evaluateWith } from "./evaluate.ts";
import { innerLoopGraph } from "./inner-loop.ts";
import { nested, orElse } from "./nested.ts";

/** An ablation trains the script as it is, and without one part. */
const LEAST_TRAININGS = 2;

/** How often the extractor is asked until its block can be found in the script. */
const EXTRACTIONS = 3;

const NOT_ABLATED =
  "No ablation was run in this step: there was no time for it. Choose by the script and by what was tried before.";

const NO_ABLATION = { script: "", ok: false, stdout: "", stderr: "" };

const RefinementState = Common.extend({
  /** The best script so far: every attempt of the current step starts from it. */
  base: Candidate,
  /** Outer steps finished, and how many of the last in a row brought nothing. */
  steps: z.number().default(0),
  barren: z.number().default(0),
  ablationScript: z.string().default(""),
  ablation: SummarizerInput.shape.ablation.default(NO_ABLATION),
  /** What the ablation showed; as it begins, that there was none. */
  summary: z.string().default(NOT_ABLATED),
  summaries: z.array(z.string()).default([]),
  /** The block to refine, null until the extractor named one that stands in the script. */
  target: z.object({ text: z.string(), start: z.number() }).nullable().default(null),
  plan: z.string().default(""),
  extractions: z.number().default(0),
  complaint: z.string().nullable().default(null),
  earlierBlocks: z.array(z.string()).default([]),
  /** The best attempt of the current step. */
  challenger: Candidate.nullable().default(null),
});
type RefinementState = z.infer<typeof RefinementState>;
type RefinementNode = GraphNode<typeof RefinementState>;

/**
 * Algorithm 2: step after step, an ablation finds the block that matters most and the inner loop rewrites it; the best
 * attempt becomes the next step's script when it is better.
 */
export function refinementGraph(ports: InnerPorts) {
  const evaluating = evaluateGraph(ports);
  const evaluate = evaluateWith(evaluating);
  const innerLoop = innerLoopGraph(ports);
  const node = (typed: RefinementNode) => typed;

  const askAblator: RefinementNode = (state, runtime) =>
    ablator(ports)({ ...state, at: stepPlace(state) }, runtime);

  const runAblation: RefinementNode = async (state, runtime) => {
    const at = `${stepPlace(state)}/ablation`;
    const fresh = { title: "ablation", script: state.ablationScript, purpose: "ablation" as const };
    const { script, run } = (await evaluate({ ...state, at }, fresh, runtime)).candidate;
    return {
      ablation: {
        script,
        ok: run?.ok ?? false,
        stdout: run?.stdout ?? "",
        stderr: run?.stderr ?? "",
      },
    };
  };

  const summarize: RefinementNode = async (state, runtime) => {
    const at = stepPlace(state);
    const { summary } = await summarizer(ports)({ ...state, at }, runtime);
    const effects = ablationEffects(state.ablation.stdout);
    ports.note({ type: "ablation", key: `${at}/ablation-summary`, at, summary, ...effects });
    return { summary };
  };

  const extract: RefinementNode = async (state, runtime) => {
    const { extraction } = await extractor(ports)({ ...state, at: stepPlace(state) }, runtime);
    const { block, firstLine: first, lastLine: last, plan } = extraction;
    const lines = first === null || last === null ? null : { first, last };
    const target = locateBlock(state.base.script, block, lines);
    const complaint =
      target === null ? `This block does not stand exactly once in the script:\n${block}` : null;
    return { target, plan, complaint, extractions: state.extractions + 1 };
  };

  const refineBlock: RefinementNode = async (state, runtime) => {
    const { task, workbench, settings, base, target, plan } = state;
    if (target === null) return {};
    const step = { at: stepPlace(state), task, workbench, settings, base, target, plan };
    const end = await innerLoop.invoke(step, nested(runtime));
    return { base: end.base, challenger: end.challenger };
  };

  const endStep: RefinementNode = (state) => {
    const { base, challenger, steps, barren, summaries, summary, earlierBlocks, target, task } =
      state;
    const next = challenger === null ? base : better(base, challenger, task.direction);
    const kept = next !== base;
    const reason = kept ? next.title : "no attempt was better than the script it started from";
    const at = stepPlace(state);
    ports.note({
      type: "decision",
      key: `${at}/decision`,
      at,
      subject: "refinement",
      kept,
      reason,
    });
    return {
      ...FRESH_STEP,
      base: next,
      steps: steps + 1,
      barren: kept ? 0 : barren + 1,
      summaries: [...summaries, summary],
      earlierBlocks: target === null ? earlierBlocks : [...earlierBlocks, target.text],
    };
  };

  /** The next step; without its ablation where that cannot pay, since the caps leave room for an attempt only. */
  const nextStep = (state: RefinementState) => {
    if (!moreSteps(state)) return END;
    const at = stepPlace(state);
    const whole = { kind: "refinement" as const, at };
    if (ablationEnds(state) && ports.budget(whole) === null) return "ablator";
    const attempt = { kind: "attempt" as const, at: `${at}/attempt-1` };
    if (ports.budget(attempt) === null) return "extractor";
    return begins(ports, whole) ? "extractor" : END;
  };

  return new StateGraph(RefinementState)
    .addNode("ablator", node(orElse(askAblator, () => ({ ablationScript: "" }))))
    .addNode("run-ablation", node(runAblation), { subgraphs: [evaluating] })
    .addNode(
      "summarizer",
      node(orElse(summarize, () => ({ summary: "The ablation has no result." }))),
    )
    .addNode("extractor", node(orElse(extract, anotherExtraction)))
    .addNode("inner-loop", node(refineBlock), { subgraphs: [innerLoop] })
    .addNode("end-step", node(endStep))
    .addConditionalEdges(START, nextStep, ["ablator", "extractor", END])
    .addConditionalEdges(
      "ablator",
      ({ ablationScript }) => (ablationScript === "" ? "summarizer" : "run-ablation"),
      ["run-ablation", "summarizer"],
    )
    .addEdge("run-ablation", "summarizer")
    .addEdge("summarizer", "extractor")
    .addConditionalEdges("extractor", refineOrAskAgain, ["inner-loop", "extractor", "end-step"])
    .addEdge("inner-loop", "end-step")
    .addConditionalEdges("end-step", nextStep, ["ablator", "extractor", END])
    .compile({ name: "refinement" });
}

const FRESH_STEP = {
  ablationScript: "",
  ablation: NO_ABLATION,
  summary: NOT_ABLATED,
  target: null,
  plan: "",
  extractions: 0,
  complaint: null,
  challenger: null,
};

const stepPlace = ({ at, steps }: RefinementState) => `${at}/refine-${steps + 1}`;

const moreSteps = ({ steps, barren, settings: { outerSteps, patience } }: RefinementState) =>
  steps < outerSteps && (patience === 0 || barren < patience);

/** An ablation that trains its script a few times over must be able to end within the time limit of a script. */
const ablationEnds = ({ base, settings }: RefinementState) =>
  LEAST_TRAININGS * (base.run?.seconds ?? 0) <= settings.scriptSeconds;

const refineOrAskAgain = ({ target, extractions }: RefinementState) => {
  if (target !== null) return "inner-loop";
  return extractions < EXTRACTIONS ? "extractor" : "end-step";
};

const anotherExtraction = ({ message }: Error, { extractions }: RefinementState) => ({
  target: null,
  complaint: message,
  extractions: extractions + 1,
});
