import { END, type GraphNode, START, StateGraph } from "@langchain/langgraph";
import { z } from "zod";
import { dataUsageChecker } from "../agents/data-usage-checker.ts";
import { merger } from "../agents/merger.ts";
import { queryWriter } from "../agents/query-writer.ts";
import { retriever } from "../agents/retriever.ts";
import { best, Candidate, ranked } from "../src/core/candidate.ts";
import { ModelDescription } from "../src/core/model-description.ts";
import type { InnerPorts } from "../src/core/ports.ts";
import { Common, DataUsageCheckerAnswer, InitializerInput } from "../src/core/questions.ts";
import type { Step } from "../src/core/step.ts";
import { bestPages, WebPage } from "../src/core/web-page.ts";
import { affordable } from "./affordable.ts";
import { candidateBranch, candidateGraph, candidates, eachModel } from "./candidate.ts";
import { challengeWith } from "./challenge.ts";
import { evaluateGraph, evaluateWith } from "./evaluate.ts";
import { orElse } from "./nested.ts";
import { reviewModels } from "./review.ts";

/** How often the retriever is asked until there are enough usable models. */
const RETRIEVALS = 2;

const InitialSolutionState = Common.extend({
  track: z.int().min(1).default(1),
  /** Descriptions to work with: a person's first, then what the retriever found. */
  models: z.array(ModelDescription).default([]),
  /** What to search the web for, and what was found: untrusted text. */
  queries: z.array(z.string()).default([]),
  pages: z.array(WebPage).default([]),
  retrievals: z.number().default(0),
  candidates,
  /** The best script so far, and the candidates still to be merged into it, best first. */
  base: Candidate.nullable().default(null),
  references: z.array(Candidate).default([]),
  draft: z.string().default(""),
  dataUsage: DataUsageCheckerAnswer.nullable().default(null),
});
type InitialSolutionState = z.infer<typeof InitialSolutionState>;
type InitialSolutionNode = GraphNode<typeof InitialSolutionState>;

/**
 * Algorithm 1: find models for the task, score a script for each, merge the rest into the best one after another until
 * a merge does not help, then see that all data are used. Ends without a base when every candidate failed.
 */
export function initialSolutionGraph(ports: InnerPorts) {
  const candidate = candidateGraph(ports);
  const evaluating = evaluateGraph(ports);
  const challenge = challengeWith(evaluateWith(evaluating), ports);
  const node = (typed: InitialSolutionNode) => typed;

  const writeQueries: InitialSolutionNode = (state, runtime) =>
    queryWriter(ports)({ ...state, known: state.models }, runtime);

  const search: InitialSolutionNode = async ({ queries }, { signal }) => {
    const searches = queries.map(async (query) => ports.searchWeb?.(query, { signal }) ?? []);
    return { pages: bestPages(await Promise.all(searches)) };
  };

  const retrieve: InitialSolutionNode = async (state, runtime) => {
    const { models, retrievals, settings } = state;
    const at = retrievals === 0 ? state.at : `${state.at}/retrieval-${retrievals + 1}`;
    const wanted = settings.models - models.length;
    const { found } = await retriever(ports)({ ...state, at, known: models, wanted }, runtime);
    return {
      models: [...models, ...found],
      retrievals: retrievals + 1,
    };
  };

  const review: InitialSolutionNode = ({ at, models, settings }) => {
    const kept = reviewModels(models, { at, settings, ports });
    ports.note({ type: "models", key: `${at}/models`, at, models: kept });
    return { models: kept };
  };

  const pickBase: InitialSolutionNode = ({ task, candidates }) => ({
    base: best(candidates, task.direction),
    references: ranked(candidates, task.direction).slice(1),
  });

  const merge: InitialSolutionNode = async (state, runtime) => {
    const { base, references } = state;
    const [reference] = references;
    if (base === null || reference === undefined) return {};
    return merger(ports)({ ...state, at: mergePlace(state), base, reference }, runtime);
  };

  const scoreMerge: InitialSolutionNode = async (state, runtime) => {
    const { base, references, draft: script } = state;
    const [reference, ...rest] = references;
    if (base === null || reference === undefined) return {};
    const title = `${base.title} + ${reference.title}`;
    const plan = `Average ${reference.title} in.`;
    const rewrite = { subject: "merge" as const, title, script, plan };
    const merged = await challenge({ ...state, at: mergePlace(state) }, base, rewrite, runtime);
    return merged === null ? { references: [] } : { base: merged, references: rest };
  };

  const checkUsage: InitialSolutionNode = async (state, runtime) => {
    const at = `${state.at}/data-usage`;
    return state.base === null
      ? {}
      : dataUsageChecker(ports)({ ...state, at, candidate: state.base }, runtime);
  };

  const scoreUsage: InitialSolutionNode = async (state, runtime) => {
    const { at, base, dataUsage } = state;
    if (base === null || dataUsage === null) return {};
    const { script, explanation: plan } = dataUsage;
    const rewrite = {
      subject: "data-usage" as const,
      title: `${base.title}, all data used`,
      script,
      plan,
    };
    const complete = await challenge({ ...state, at: `${at}/data-usage` }, base, rewrite, runtime);
    return complete === null ? {} : { base: complete };
  };

  return new StateGraph(InitialSolutionState)
    .addNode("query-writer", node(orElse(writeQueries, () => ({ queries: [] }))))
    .addNode("search-web", node(search))
    .addNode(
      "retriever",
      node(orElse(retrieve, (_, { retrievals }) => ({ retrievals: retrievals + 1 }))),
    )
    .addNode("review-models", node(review))
    .addNode("candidate", candidateBranch(candidate), {
      input: InitializerInput,
      subgraphs: [candidate],
    })
    .addNode("pick-base", node(pickBase))
    .addNode("merger", node(orElse(merge, () => ({ references: [] }))))
    .addNode("evaluate-merge", node(scoreMerge), { subgraphs: [evaluating] })
    .addNode("data-usage-checker", node(orElse(checkUsage, () => ({ dataUsage: null }))))
    .addNode("evaluate-data-usage", node(scoreUsage), { subgraphs: [evaluating] })
    .addConditionalEdges(
      START,
      (state) => (ports.searchWeb === null ? enoughModels(state) : searchFirst(state)),
      ["query-writer", "retriever", "review-models"],
    )
    .addEdge("query-writer", "search-web")
    .addEdge("search-web", "retriever")
    .addConditionalEdges("retriever", enoughModels, ["retriever", "review-models"])
    .addConditionalEdges("review-models", tryEach, ["candidate", "pick-base"])
    .addEdge("candidate", "pick-base")
    .addConditionalEdges("pick-base", affordable(ports, nextChange, mergeOrCheck), [
      "merger",
      "data-usage-checker",
      END,
    ])
    .addConditionalEdges(
      "merger",
      affordable(ports, nextChange, (state) =>
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

const enoughModels = ({ models, retrievals, settings }: InitialSolutionState) =>
  models.length < settings.models && retrievals < RETRIEVALS ? "retriever" : "review-models";

const searchFirst = (state: InitialSolutionState) =>
  enoughModels(state) === "retriever" ? "query-writer" : "review-models";

const tryEach = (state: InitialSolutionState) =>
  state.models.length === 0 ? "pick-base" : eachModel(state);

const mergeOrCheck = ({ base, references, settings }: InitialSolutionState) => {
  if (base === null) return END;
  if (references.length > 0) return "merger";
  return settings.dataUsageCheck ? "data-usage-checker" : END;
};

const nextChange = (state: InitialSolutionState): Step =>
  state.references.length > 0
    ? { kind: "merge", at: mergePlace(state) }
    : { kind: "data-usage", at: `${state.at}/data-usage` };

const mergePlace = ({ at, task, candidates, references }: InitialSolutionState) =>
  `${at}/merge-${ranked(candidates, task.direction).length - references.length}`;

const useMore = ({ base, dataUsage }: InitialSolutionState) => {
  const script = dataUsage?.usesAll === false ? dataUsage.script : "";
  return script.trim() === "" || script === base?.script ? END : "evaluate-data-usage";
};
