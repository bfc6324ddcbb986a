import { END, type LangGraphRunnableConfig, START, StateGraph } from "@langchain/langgraph";
import { coder } from "../agents/coder.ts";
import { extractor } from "../agents/extractor.ts";
import { planner } from "../agents/planner.ts";
import type { Place } from "../src/core/place.ts";
import { locateBlock, rewritten } from "../src/core/python-block.ts";
import { isWorn, titleOf } from "../src/core/tried-plan.ts";
import { isClear } from "../src/record/attempt.ts";
import { ablationNodes } from "./ablation.ts";
import { type Evaluation, noteCandidate } from "./evaluation.ts";
import { begins, commonAt, decide, nodeOf, orElse } from "./node.ts";
import type { Ports } from "./ports.ts";
import {
  attemptPlace,
  FRESH_STEP,
  nextAttempt,
  RefinementState,
  stepPlace,
} from "./refinement-state.ts";
import { reviewText } from "./review.ts";

type Runtime = LangGraphRunnableConfig;

/** An ablation trains the script as it is, and without one part. */
const LEAST_TRAININGS = 2;

/** How often the extractor is asked until its block can be found in the script. */
const EXTRACTIONS = 3;

const NOT_ABLATED =
  "There is no ablation to go by in this step. Choose by the script and by what was tried before.";

/**
 * Algorithm 2: step after step, an ablation finds the block that matters most, and up to K plans rewrite it, each from the
 * step's own script; the best attempt becomes the next step's script when it is better.
 */
export function refinementGraph(ports: Ports, { graph, evaluate }: Evaluation) {
  const { journal, settings } = ports;
  const { ledger } = journal;
  const node = nodeOf<RefinementState>(ports);
  const baseOf = ({ base }: RefinementState) => ledger.candidate(base);
  const { askAblator, runAblation, summarize } = ablationNodes(ports, evaluate);
  const told = (state: RefinementState, place: Place) => ({
    ...commonAt(ports, place.text),
    base: baseOf(state),
  });
  const tried = (state: RefinementState) => ledger.tried(state.attempts, baseOf(state).score);

  const extract = async (state: RefinementState, runtime: Runtime) => {
    const { summary, earlierBlocks, complaint: before } = state;
    const about = { summary: summary ?? NOT_ABLATED, earlierBlocks, complaint: before };
    const asked = { ...told(state, stepPlace(state)), ...about };
    const { extraction } = await extractor(ports)(asked, runtime);
    const { block, firstLine: first, lastLine: last, plan } = extraction;
    const lines = first === null || last === null ? null : { first, last };
    const target = locateBlock(baseOf(state).script, block, lines);
    const complaint =
      target === null ? `This block does not stand exactly once in the script:\n${block}` : null;
    return { target, plan, complaint, extractions: state.extractions + 1 };
  };

  const askPlanner = (state: RefinementState, runtime: Runtime) => {
    const about = { block: state.target?.text ?? "", attempts: tried(state) };
    return planner(ports)({ ...told(state, attemptPlace(state)), ...about }, runtime);
  };

  const review = (state: RefinementState) => {
    const { plan, target } = state;
    const at = attemptPlace(state).text;
    const title = `${at}: plan for the block\n\n${fenced(target?.text ?? "")}`;
    return { plan: reviewText(plan, { at, ports, subject: "plans", title }) ?? plan };
  };

  const askCoder = (state: RefinementState, runtime: Runtime) => {
    const about = { block: state.target?.text ?? "", plan: state.plan };
    return coder(ports)({ ...told(state, attemptPlace(state)), ...about }, runtime);
  };

  const scoreAttempt = async (state: RefinementState, runtime: Runtime) => {
    const { base, target, plan, replacement, tries, attempts } = state;
    const at = attemptPlace(state);
    if (target === null) return {};
    const origin = { title: titleOf(plan), parent: base, plan };
    const changed = rewritten(baseOf(state).script, target, replacement);
    if ("problem" in changed) {
      const failed = { id: at.text, script: "", run: null, score: null, ...changed };
      noteCandidate(journal, origin, failed);
      return { tries: tries + 1, attempts: [...attempts, at.text] };
    }
    const { id } = await evaluate({ at, ...origin, ...changed, purpose: "solution" }, runtime);
    return { tries: tries + 1, attempts: [...attempts, id] };
  };

  const endStep = (state: RefinementState) => {
    const { base, attempts, steps, barren, summaries, summary, earlierBlocks, target } = state;
    const at = stepPlace(state);
    const about = { at, parts: [base, ...attempts] };
    const { chosen, kept } = decide(ports, "refinement", about, () => {
      // When a leak has taken all of them, the best that is left of the branch goes on.
      const left = ledger.standing([base, ...attempts]);
      const own = ledger
        .standing()
        .find((one) => one.blend === null && one.place.isWithin(at.branch));
      const best = left.find((one) => one.id === base || isClear(one, settings)) ?? left[0] ?? own;
      const isBetter = best !== undefined && best.id !== base;
      const reason = isBetter
        ? best.title
        : "no attempt was better than the script it started from";
      return { chosen: [best?.id ?? base], kept: isBetter, reason };
    });
    return {
      ...FRESH_STEP,
      base: chosen[0] ?? base,
      steps: steps + 1,
      barren: kept ? 0 : barren + 1,
      summaries: summary === null ? summaries : [...summaries, summary],
      earlierBlocks: target === null ? earlierBlocks : [...earlierBlocks, target.text],
    };
  };

  /** The next step; without its ablation where that cannot pay, or the caps leave room for an attempt only. */
  const nextStep = (state: RefinementState) => {
    if (!moreSteps(state)) return END;
    const at = stepPlace(state);
    const [ablation, refinement] = [at.ablation.text, at.text];
    if (ablationEnds(state) && begins(ports, { kind: "ablation", at: ablation })) return "ablator";
    return begins(ports, { kind: "refinement", at: refinement }) ? "extractor" : END;
  };

  const moreSteps = ({ steps, barren }: RefinementState) =>
    steps < settings.outerSteps && (settings.patience === 0 || barren < settings.patience);

  /** An ablation that trains its script a few times over must be able to end within the time limit of a script. */
  const ablationEnds = (state: RefinementState) =>
    LEAST_TRAININGS * (baseOf(state).run?.seconds ?? 0) <= settings.scriptSeconds;

  const refineOrAskAgain = ({ target, extractions }: RefinementState) => {
    if (target !== null) return "review-plan";
    return extractions < EXTRACTIONS ? "extractor" : "end-step";
  };

  const morePlans = (state: RefinementState) =>
    state.tries < settings.innerSteps && !isWorn(tried(state), settings) ? "planner" : "end-step";

  /** As long as the caps leave room for another attempt; else the step ends with those it has. */
  const affordPlans =
    <Next extends string>(router: (state: RefinementState) => Next | "end-step") =>
    (state: RefinementState) => {
      const next = router(state);
      return next === "end-step" || begins(ports, nextAttempt(state)) ? next : "end-step";
    };

  return new StateGraph(RefinementState)
    .addNode("ablator", node(orElse(askAblator, () => ({ ablationScript: "" }))))
    .addNode("run-ablation", node(runAblation), { subgraphs: [graph] })
    .addNode("summarizer", node(orElse(summarize, () => ({ summary: null }))))
    .addNode("extractor", node(orElse(extract, anotherExtraction)))
    .addNode("planner", node(orElse(askPlanner, withoutPlan)))
    .addNode("review-plan", node(review))
    .addNode("coder", node(orElse(askCoder, () => ({ replacement: "" }))))
    .addNode("evaluate", node(scoreAttempt), { subgraphs: [graph] })
    .addNode("end-step", node(endStep))
    .addConditionalEdges(START, nextStep, ["ablator", "extractor", END])
    .addConditionalEdges(
      "ablator",
      ({ ablationScript }) => (ablationScript === "" ? "extractor" : "run-ablation"),
      ["run-ablation", "extractor"],
    )
    .addConditionalEdges(
      "run-ablation",
      ({ ablation }) => (ablation === null ? "extractor" : "summarizer"),
      ["summarizer", "extractor"],
    )
    .addEdge("summarizer", "extractor")
    .addConditionalEdges("extractor", refineOrAskAgain, ["review-plan", "extractor", "end-step"])
    .addEdge("review-plan", "coder")
    .addEdge("coder", "evaluate")
    .addConditionalEdges("evaluate", affordPlans(morePlans), ["planner", "end-step"])
    .addConditionalEdges(
      "planner",
      affordPlans((state) => (state.plan === "" ? morePlans(state) : "review-plan")),
      ["review-plan", "planner", "end-step"],
    )
    .addConditionalEdges("end-step", nextStep, ["ablator", "extractor", END])
    .compile({ name: "refinement" });
}

const fenced = (code: string) => `\`\`\`python\n${code}\n\`\`\``;

const anotherExtraction = ({ message }: Error, { extractions }: RefinementState) => ({
  target: null,
  complaint: message,
  extractions: extractions + 1,
});

/** A plan that nobody made is no plan that was tried. */
const withoutPlan = (_: Error, { tries }: RefinementState) => ({ plan: "", tries: tries + 1 });
