import { expect, test } from "vitest";
import { evaluationOf } from "../../graphs/evaluation.ts";
import { initialSolutionGraph } from "../../graphs/initial-solution.ts";
import { AgentOutputError } from "../../src/core/errors.ts";
import type { SearchWeb } from "../../src/core/ports.ts";
import { RetrieverInput } from "../../src/core/questions.ts";
import { fakePorts, settings, task } from "../support/fake-ports.ts";
import { always, fenced, once, scriptedModel } from "../support/scripted-model.ts";

const model = (name: string) => ({ name, description: "", exampleCode: `${name}()`, sources: [] });
const retrieved = (...names: string[]) => once({ models: names.map(model) });
const ofModels = (scores: Record<string, string>) =>
  always(({ prompt }: { prompt: string }) => {
    const name = Object.keys(scores).find((known) => prompt.includes(`${known}()`)) ?? "";
    return fenced(scores[name] ?? "");
  });

async function initialSolution(
  answers: Parameters<typeof scriptedModel>[0],
  changes: Partial<typeof settings> = {},
  {
    direction = "minimize" as "minimize" | "maximize",
    searchWeb = null as SearchWeb | null,
    models = [] as ReturnType<typeof model>[],
  } = {},
) {
  const scripted = scriptedModel(answers);
  const fake = fakePorts(scripted.model, {
    settings: { ...settings, models: 3, ...changes },
    draft: { ...task, direction },
    searchWeb,
  });
  const graph = initialSolutionGraph(fake.ports, evaluationOf(fake.ports));
  const end = await graph.invoke({ at: "track-1", models });
  const base = end.base === null ? null : fake.ledger.candidate(end.base);
  return { end, base, ...scripted, ...fake };
}

test("the best candidate is the base, and a merge that is not worse replaces it", async () => {
  const { base, agents, runs } = await initialSolution({
    retriever: retrieved("a", "b", "c"),
    initializer: ofModels({ a: "score 5", b: "score 3", c: "score 4" }),
    merger: once(fenced("score 3"), fenced("score 2")),
  });
  expect(base).toMatchObject({ score: 2, title: "b + c + a", parent: "track-1/merge-1" });
  expect(agents()).toEqual([
    "retriever",
    ...["initializer", "initializer", "initializer"],
    ...["merger", "merger"],
  ]);
  expect(runs.map(({ id }) => id).slice(3)).toEqual(["track-1/merge-1", "track-1/merge-2"]);
});

test("merging stops at the first merge that does not help", async () => {
  const { base, agents } = await initialSolution({
    retriever: retrieved("a", "b", "c"),
    initializer: ofModels({ a: "score 5", b: "score 3", c: "score 4" }),
    merger: once(fenced("score 3.1")),
  });
  expect(base).toMatchObject({ score: 3, title: "b" });
  expect(agents().filter((agent) => agent === "merger")).toHaveLength(1);
});

test("a candidate that crashes never beats a negative maximised score", async () => {
  const answers = {
    retriever: retrieved("a", "b", "c"),
    initializer: ofModels({ a: "fail", b: "score -3", c: "score nan" }),
    debugger: always(fenced("fail")),
  };
  const { base } = await initialSolution(answers, {}, { direction: "maximize" });
  expect(base?.score).toBe(-3);
});

test("when every candidate fails the track ends without a base, and each says why", async () => {
  const { end, agents, ledger } = await initialSolution({
    retriever: retrieved("a", "b", "c"),
    initializer: always(new AgentOutputError("initializer", "no Python block")),
  });
  expect(end.base).toBeNull();
  expect(end.candidates.map((id) => ledger.candidate(id).problem)).toEqual(
    Array.from({ length: 3 }, () => "initializer: no Python block"),
  );
  expect(agents()).not.toContain("merger");
});

test("the retriever is asked once more when its models do not suffice, and told what there is", async () => {
  const { end, asks } = await initialSolution({
    retriever: once({ models: ["a", "A", ""].map(model) }, { models: ["b", "c"].map(model) }),
    initializer: ofModels({ a: "score 1", A: "score 1", b: "score 2", c: "score 3" }),
    merger: always(fenced("score 9")),
  });
  const retrievals = asks.filter(({ agent }) => agent === "retriever");
  expect(retrievals.map(({ at }) => at)).toEqual(["track-1", "track-1/retrieval-2"]);
  expect(retrievals[1]?.input).toMatchObject({ wanted: 2, known: [{ name: "a" }] });
  expect(end.models.map(({ name }) => name)).toEqual(["a", "b", "c"]);
});

test("a retriever without a usable answer leaves a person's models to work with", async () => {
  const answers = {
    retriever: always(new AgentOutputError("retriever", "no JSON")),
    initializer: always(fenced("score 1")),
  };
  const { base } = await initialSolution(answers, { models: 2 }, { models: [model("mine")] });
  expect(base).toMatchObject({ title: "mine", score: 1 });
});

test.each([
  { found: "score 1", kept: true },
  { found: "score 2", kept: true },
  { found: "score 3", kept: false },
  { found: "fail", kept: false },
])("a data-usage rewrite with '$found' over 2 is kept: $kept", async ({ found, kept }) => {
  const answers = {
    retriever: retrieved("a"),
    initializer: always(fenced("score 2")),
    "data-usage-checker": once({ usesAll: false, explanation: "weather unused", script: found }),
    debugger: always(fenced("fail")),
  };
  const { base } = await initialSolution(answers, { models: 1, dataUsageCheck: true });
  expect(base?.script === found).toBe(kept);
  expect(base?.score).not.toBeNull();
});

const oneModel = { retriever: retrieved("a"), initializer: always(fenced("score 5")) };

test("queries are asked for, searched at the track, and what they find is read by the retriever", async () => {
  const page = (url: string) => ({ url, title: url, text: `about ${url}` });
  const searched: string[] = [];
  const searchWeb: SearchWeb = async (query, { at }) => {
    searched.push(`${query} at ${at}`);
    return [page(`https://${query}.example`), page("https://both.example")];
  };
  const { agents, asks } = await initialSolution(
    { ...oneModel, "query-writer": once({ queries: ["boosting", "forests"] }) },
    { models: 1 },
    { searchWeb },
  );
  expect(agents().slice(0, 2)).toEqual(["query-writer", "retriever"]);
  expect(searched).toEqual(["boosting at track-1", "forests at track-1"]);
  expect(RetrieverInput.parse(asks[1]?.input).pages?.map(({ url }) => url)).toEqual([
    "https://boosting.example",
    "https://forests.example",
    "https://both.example",
  ]);
});

test("without a search nobody is asked for queries", async () => {
  const { agents } = await initialSolution(
    { ...oneModel, retriever: retrieved("a") },
    { models: 1 },
  );
  expect(agents()).toEqual(["retriever", "initializer"]);
});
