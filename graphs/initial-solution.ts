import { END, type LangGraphRunnableConfig, START, StateGraph } from "@langchain/langgraph";
import { z } from "zod";
import { dataUsageChecker } from "../agents/data-usage-checker.ts";
import { merger } from "../agents/merger.ts";
import { ModelDescription } from "../src/core/model-description.ts";
import { Place } from "../src/core/place.ts";
import { DataUsageCheckerAnswer } from "../src/core/questions.ts";
import type { Step } from "../src/core/step.ts";
import { WebPage } from "../src/core/web-page.ts";
import { compareAttempts } from "../src/record/attempt.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Explore } from "./exploration.ts";
import { Branch, branchOf, eachModel } from "./initializer-branch.ts";
import { modelSearchNodes } from "./model-search.ts";
import { affordable, commonAt, decide, ids, nodeOf, orElse, Seen } from "./node.ts";
import { joinsScripts, type Ports } from "./ports.ts";
import { checksUsage } from "./usage-check.ts";

const InitialSolutionState = Seen.extend({
  at: z.string(),
  /** Descriptions to work with: a person's first, then what the retriever found. */
  models: z.array(ModelDescription).default([]),
  /** In a lap: the run's models, which are not to be repeated, and how many are wanted; else as many as the settings say. */
  known: z.array(ModelDescription).default([]),
  wanted: z.number().nullable().default(null),
  /** What to search the web for, and what was found: untrusted text. */
  queries: z.array(z.string()).default([]),
  pages: z.array(WebPage).default([]),
  retrievals: z.number().default(0),
  /** The scripts of the models. */
  candidates: ids,
  /** The best script so far, and the candidates still to be merged into it, best first. */
  base: z.string().nullable().default(null),
  references: z.array(z.string()).default([]),
  merges: z.number().default(0),
  draft: z.string().default(""),
  dataUsage: DataUsageCheckerAnswer.nullable().default(null),
});
type InitialSolutionState = z.infer<typeof InitialSolutionState>;
type Runtime = LangGraphRunnableConfig;

/**
 * Algorithm 1: find models for the task, score a script for each, merge the rest into the best one after another until
 * a merge does not help, then see that all data are used. Ends without a base when every candidate failed.
 */
export function initialSolutionGraph(ports: Ports, evaluation: Evaluation, explore?: Explore) {
  const { graph, evaluate } = evaluation;
  const { journal } = ports;
  const { ledger } = journal;
  const { writeQueries, search, retrieve, review, enoughModels } = modelSearchNodes(ports);
  const node = nodeOf<InitialSolutionState>(ports);

  const pickBase = ({ at, candidates }: InitialSolutionState) => {
    const about = { at: Place.parse(at), parts: candidates };
    const { chosen } = decide(ports, "base", about, () => {
      const ranked = ledger.standing(candidates).map(({ id }) => id);
      const reason = ranked.length === 0 ? "no model has a score" : "the best of the models";
      return { chosen: ranked, kept: ranked.length > 0, reason };
    });
    // Elsewhere the other models count by their predictions, in the blend.
    return { base: chosen[0] ?? null, references: joinsScripts(ports) ? chosen.slice(1) : [] };
  };

  const merge = async (state: InitialSolutionState, runtime: Runtime) => {
    const [reference] = state.references;
    if (state.base === null || reference === undefined) return {};
    const pair = { base: ledger.candidate(state.base), reference: ledger.candidate(reference) };
    return merger(ports)({ ...commonAt(ports, mergePlace(state).text), ...pair }, runtime);
  };

  /** Evaluates a rewrite of the base; it takes its place when it is not worse (ties are accepted: paper, algorithm 1). */
  const challenge = async (
    subject: "merge" | "data-usage",
    fresh: { at: Place; title: string; script: string; plan: string; members: string[] },
    base: string,
    runtime: Runtime,
  ): Promise<string | null> => {
    const { id } = await evaluate({ ...fresh, parent: base, purpose: "solution" }, runtime);
    const { chosen } = decide(ports, subject, { at: fresh.at, parts: [base, id] }, () => {
      const [before, made] = [ledger.candidate(base), ledger.candidate(id)];
      const isWorse = before.score !== null && compareAttempts(made, before, ledger.direction) > 0;
      const kept = made.score !== null && !isWorse;
      const reason = kept
        ? "it is not worse"
        : made.score === null
          ? "it has no score"
          : "it is worse";
      return { chosen: [kept ? id : base], kept, reason };
    });
    return chosen[0] === id ? id : null;
  };

  const scoreMerge = async (state: InitialSolutionState, runtime: Runtime) => {
    const { base, references, draft: script, merges } = state;
    const [reference, ...rest] = references;
    if (base === null || reference === undefined) return {};
    const [into, other] = [base, reference].map((id) => ledger.candidate(id).title);
    const title = `${into} + ${other}`;
    const members = [base, reference];
    const fresh = { at: mergePlace(state), title, script, plan: `Average ${other} in.`, members };
    const merged = await challenge("merge", fresh, base, runtime);
    return merged === null
      ? { references: [] }
      : { base: merged, references: rest, merges: merges + 1 };
  };

  const checkUsage = async ({ at, base }: InitialSolutionState, runtime: Runtime) => {
    if (base === null) return {};
    const place = Place.parse(at).dataUsage.text;
    const candidate = ledger.candidate(base);
    return dataUsageChecker(ports)({ ...commonAt(ports, place), candidate }, runtime);
  };

  const scoreUsage = async ({ at, base, dataUsage }: InitialSolutionState, runtime: Runtime) => {
    if (base === null || dataUsage === null) return {};
    const { script, explanation: plan } = dataUsage;
    const title = `${ledger.candidate(base).title}, all data used`;
    const fresh = { at: Place.parse(at).dataUsage, title, script, plan, members: [] };
    const complete = await challenge("data-usage", fresh, base, runtime);
    return complete === null ? {} : { base: complete };
  };

  const mergeOrCheck = ({ at, base, references, wanted }: InitialSolutionState) => {
    if (base === null) return END;
    if (references.length > 0) return "merger";
    return wanted === null && checksUsage(ports, at) ? "data-usage-checker" : END;
  };

  const useMore = ({ base, dataUsage }: InitialSolutionState) => {
    const script = dataUsage?.usesAll === false ? dataUsage.script : "";
    const isOld = base === null || script === ledger.candidate(base).script;
    return script.trim() === "" || isOld ? END : "evaluate-data-usage";
  };

  return new StateGraph(InitialSolutionState)
    .addNode("query-writer", node(orElse(writeQueries, () => ({ queries: [] }))))
    .addNode("search-web", node(search))
    .addNode(
      "retriever",
      node(
        orElse(retrieve, (_, { retrievals }: InitialSolutionState) => ({
          retrievals: retrievals + 1,
        })),
      ),
    )
    .addNode("review-models", node(review))
    .addNode("initializer", branchOf(ports, evaluation, explore), {
      input: Branch,
      subgraphs: [graph],
    })
    .addNode("pick-base", node(pickBase))
    .addNode("merger", node(orElse(merge, () => ({ references: [] }))))
    .addNode("evaluate-merge", node(scoreMerge), { subgraphs: [graph] })
    .addNode("data-usage-checker", node(orElse(checkUsage, () => ({ dataUsage: null }))))
    .addNode("evaluate-data-usage", node(scoreUsage), { subgraphs: [graph] })
    .addConditionalEdges(
      START,
      (state) =>
        ports.searchWeb !== null && enoughModels(state) === "retriever"
          ? "query-writer"
          : enoughModels(state),
      ["query-writer", "retriever", "review-models"],
    )
    .addEdge("query-writer", "search-web")
    .addEdge("search-web", "retriever")
    .addConditionalEdges("retriever", enoughModels, ["retriever", "review-models"])
    .addConditionalEdges("review-models", eachModel, ["initializer", "pick-base"])
    .addEdge("initializer", "pick-base")
    .addConditionalEdges("pick-base", affordable(ports, nextChange, mergeOrCheck), [
      "merger",
      "data-usage-checker",
      END,
    ])
    .addConditionalEdges(
      "merger",
      affordable(ports, nextChange, (state: InitialSolutionState) =>
        state.references.length > 0 ? "evaluate-merge" : mergeOrCheck(state),
      ),
      ["evaluate-merge", "data-usage-checker", END],
    )
    .addConditionalEdges("evaluate-merge", affordable(ports, nextChange, mergeOrCheck), [
      "merger",
      "data-usage-checker",
      END,
    ])
    .addConditionalEdges("data-usage-checker", useMore, ["evaluate-data-usage", END])
    .addEdge("evaluate-data-usage", END)
    .compile({ name: "initial-solution" });
}

const nextChange = (state: InitialSolutionState): Step =>
  state.references.length > 0
    ? { kind: "merge", at: mergePlace(state).text }
    : { kind: "data-usage", at: Place.parse(state.at).dataUsage.text };

const mergePlace = ({ at, merges }: InitialSolutionState) => Place.parse(at).merge(merges + 1);
