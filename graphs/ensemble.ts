import { END, type LangGraphRunnableConfig, START, StateGraph } from "@langchain/langgraph";
import { z } from "zod";
import { ensemblePlanner } from "../agents/ensemble-planner.ts";
import { ensembler } from "../agents/ensembler.ts";
import { Place } from "../src/core/place.ts";
import type { Step } from "../src/core/step.ts";
import { isWorn, titleOf } from "../src/core/tried-plan.ts";
import { membersOf } from "../src/record/members.ts";
import { triedPlans } from "../src/record/tried-plans.ts";
import { type Evaluation, noteCandidate } from "./evaluation.ts";
import { affordable, commonAt, decide, nodeOf, orElse, Seen } from "./node.ts";
import { joinsScripts, type Ports } from "./ports.ts";
import { reviewText } from "./review.ts";

/** The first plan of every ensemble, asked of nobody. */
const PLAIN_AVERAGE = "Average the predictions of all solutions with equal weights.";

const EnsembleState = Seen.extend({
  at: z.string(),
  /** The scored solutions of the tracks, best first. */
  solutions: z.array(z.string()),
  /** The next plan; empty when the planner had none. */
  plan: z.string().default(PLAIN_AVERAGE),
  /** The script made of it; empty when the ensembler had none. */
  draft: z.string().default(""),
  rounds: z.number().default(0),
  /** How many rounds there may be at most; null for as many as the settings say. */
  mostRounds: z.number().nullable().default(null),
  /** The candidates made of them, also those that could not be made. */
  ensembles: z.array(z.string()).default([]),
});
type EnsembleState = z.infer<typeof EnsembleState>;
type Runtime = LangGraphRunnableConfig;

/** Algorithm 3: R ways to combine the solutions, each planned in the light of those before. */
export function ensembleGraph(ports: Ports, { graph, evaluate }: Evaluation) {
  const { journal, settings } = ports;
  const { ledger } = journal;
  const node = nodeOf<EnsembleState>(ports);
  const solutionsOf = ({ solutions }: EnsembleState) => solutions.map((id) => ledger.candidate(id));
  const isJoin = () => joinsScripts(ports);
  const tried = ({ solutions, ensembles }: EnsembleState) => {
    const [best] = isJoin() ? ledger.standing(solutions) : ledger.standing();
    const scripts = ensembles.filter((id) => ledger.candidate(id).blend === null);
    return triedPlans(ledger, scripts, best?.score ?? null);
  };
  const told = (state: EnsembleState) => ({
    ...commonAt(ports, roundPlace(state).text),
    solutions: solutionsOf(state),
  });

  /** The first round where predictions are joined: the blend that the run has come to. */
  const takeBlend = async (state: EnsembleState) => {
    await ports.measuring()?.blend(Place.parse(state.at).blend.text);
    const { chosen } = decide(
      ports,
      "ensemble",
      { at: Place.parse(state.at), parts: ["blend"] },
      () => {
        const best = ledger.standing().find(({ blend }) => blend !== null);
        const reason = best?.title ?? "no blend is better than the best of its members";
        return { chosen: best === undefined ? [] : [best.id], kept: best !== undefined, reason };
      },
    );
    return { plan: "", ensembles: [...state.ensembles, ...chosen] };
  };

  const askPlanner = (state: EnsembleState, runtime: Runtime) =>
    ensemblePlanner(ports)({ ...told(state), attempts: tried(state) }, runtime);

  const review = (state: EnsembleState) => {
    const { plan } = state;
    const at = roundPlace(state).text;
    const titles = solutionsOf(state).map(({ title }) => title);
    const title = `${at}: plan to combine ${titles.join("; ")}`;
    return { plan: reviewText(plan, { at, ports, subject: "ensembles", title }) ?? plan };
  };

  const askEnsembler = (state: EnsembleState, runtime: Runtime) =>
    ensembler(ports)({ ...told(state), plan: state.plan }, runtime);

  const origin = ({ plan, solutions }: EnsembleState) => ({
    title: `ensemble: ${titleOf(plan)}`,
    plan,
    members: isJoin()
      ? solutions
      : [...new Set(membersOf(ledger).map(({ attempt }) => attempt.id))],
  });

  const scoreRound = async (state: EnsembleState, runtime: Runtime) => {
    const { draft: script, rounds, ensembles, solutions } = state;
    const at = roundPlace(state);
    const fresh = { at, ...origin(state), script, purpose: "solution" as const };
    const { id } = await evaluate(fresh, runtime);
    // A leak that was found on the way may have taken a solution: the next round does without it.
    const { chosen } = decide(ports, "ensemble", { at, parts: [id, ...solutions] }, () => {
      const left = ledger.standing(solutions).map((one) => one.id);
      return { chosen: left, kept: true, reason: "the solutions that count" };
    });
    return { rounds: rounds + 1, ensembles: [...ensembles, id], solutions: chosen };
  };

  /** A plan that could not be carried out was tried all the same. */
  const notCarriedOut = ({ message: problem }: Error, state: EnsembleState) => {
    const { text: id } = roundPlace(state);
    const failed = { id, script: "", run: null, score: null, problem };
    noteCandidate(journal, origin(state), failed);
    return { draft: "", rounds: state.rounds + 1, ensembles: [...state.ensembles, id] };
  };

  const moreRounds = (state: EnsembleState) => {
    const parts = isJoin() ? state.solutions.length : membersOf(ledger).length;
    const isEnough = parts >= 2 && state.rounds < (state.mostRounds ?? settings.ensembleRounds);
    return isEnough && !isWorn(tried(state), settings) ? "ensemble-planner" : END;
  };

  const firstJoin = affordable(ports, nextRound, (state: EnsembleState) =>
    moreRounds(state) === END ? END : "review-plan",
  );

  return new StateGraph(EnsembleState)
    .addNode("blend", node(takeBlend))
    .addNode("ensemble-planner", node(orElse(askPlanner, withoutPlan)))
    .addNode("review-plan", node(review))
    .addNode("ensembler", node(orElse(askEnsembler, notCarriedOut)))
    .addNode("evaluate", node(scoreRound), { subgraphs: [graph] })
    .addConditionalEdges(START, (state) => (isJoin() ? firstJoin(state) : "blend"), [
      "blend",
      "review-plan",
      END,
    ])
    .addConditionalEdges("blend", affordable(ports, nextRound, moreRounds), [
      "ensemble-planner",
      END,
    ])
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

const roundPlace = ({ at, rounds }: EnsembleState) => Place.parse(at).round(rounds + 1);

const nextRound = (state: EnsembleState): Step => ({
  kind: "ensemble",
  at: roundPlace(state).text,
});

/** A plan that nobody made is no plan that was tried. */
const withoutPlan = (_: Error, { rounds }: EnsembleState) => ({ plan: "", rounds: rounds + 1 });
