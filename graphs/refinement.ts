import { END, START, StateGraph } from "@langchain/langgraph";
import { isWorn } from "../src/core/tried-plan.ts";
import { isClear } from "../src/record/attempt.ts";
import { ablationNodes } from "./ablation.ts";
import type { Evaluation } from "./evaluation.ts";
import { begins, decide, nodeOf, orElse } from "./node.ts";
import { blendsSpeak, isUnbound, type Ports } from "./ports.ts";
import { attemptNodes, EXTRACTIONS } from "./refinement-attempt.ts";
import { FRESH_STEP, nextAttempt, RefinementState, stepPlace } from "./refinement-state.ts";

/** An ablation trains the script as it is, and without one part. */
const LEAST_TRAININGS = 2;

/** A script of fewer lines has hardly parts to be told apart. */
const LEAST_LINES = 60;

/**
 * Algorithm 2: step after step, an ablation finds the block that matters most, and up to K plans rewrite it; the best
 * attempt becomes the next step's script when it is better. In the paper, each plan starts from the step's own script; a
 * language model may elsewhere choose the whole script, starts from the best attempt so far, and ablates where its own
 * choice has brought nothing.
 */
export function refinementGraph(ports: Ports, { graph, evaluate }: Evaluation) {
  const { settings } = ports;
  const { ledger } = ports.journal;
  const node = nodeOf<RefinementState>(ports);
  const baseOf = ({ base }: RefinementState) => ledger.candidate(base);
  const { askAblator, runAblation, summarize } = ablationNodes(ports, evaluate);
  const { tried, extract, askPlanner, review, askCoder, scoreAttempt } = attemptNodes(
    ports,
    evaluate,
  );

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
    const gainsBlend =
      blendsSpeak(ports) && attempts.some((id) => (ledger.candidate(id).blendGain ?? 0) > 0);
    return {
      ...FRESH_STEP,
      base: chosen[0] ?? base,
      steps: steps + 1,
      barren: kept || gainsBlend ? 0 : barren + 1,
      summaries: summary === null ? summaries : [...summaries, summary],
      earlierBlocks: target === null ? earlierBlocks : [...earlierBlocks, target.text],
    };
  };

  /** The next step; without its ablation where that cannot pay, or the caps leave room for an attempt only. */
  const nextStep = (state: RefinementState) => {
    if (!moreSteps(state)) return END;
    const at = stepPlace(state);
    const [ablation, refinement] = [at.ablation.text, at.text];
    if (ablationPays(state) && begins(ports, { kind: "ablation", at: ablation })) return "ablator";
    return begins(ports, { kind: "refinement", at: refinement }) ? "extractor" : END;
  };

  const moreSteps = ({ steps, mostSteps, barren, refusals }: RefinementState) =>
    steps < (mostSteps ?? settings.outerSteps) &&
    refusals === 0 &&
    (settings.patience === 0 || barren < settings.patience);

  /**
   * An ablation that trains its script a few times over must be able to end within the time limit of a script. A language
   * model's choice is first taken without one: measuring pays where that has brought nothing, in a script that has parts; the built-in
   * engineer has measured by the time of its laps.
   */
  const ablationPays = (state: RefinementState) => {
    const { script, run } = baseOf(state);
    const ends = LEAST_TRAININGS * (run?.seconds ?? 0) <= settings.scriptSeconds;
    const isLap = state.mostSteps !== null;
    const pays = state.barren > 0 && script.split("\n").length >= LEAST_LINES;
    return ends && (isUnbound(ports) ? pays : !isLap);
  };

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

const anotherExtraction = ({ message }: Error, { extractions }: RefinementState) => ({
  target: null,
  complaint: message,
  extractions: extractions + 1,
});

/** A plan that nobody made is no plan that was tried. */
const withoutPlan = (_: Error, { tries }: RefinementState) => ({ plan: "", tries: tries + 1 });
