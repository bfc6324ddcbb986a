import { expect, test } from "vitest";
import { ensembleGraph } from "../../graphs/ensemble.ts";
import { evaluationOf } from "../../graphs/evaluation.ts";
import { initialSolutionGraph } from "../../graphs/initial-solution.ts";
import { mleStarGraph } from "../../graphs/mle-star.ts";
import { refinementGraph } from "../../graphs/refinement.ts";
import { Place } from "../../src/core/place.ts";
import { fakePorts, settings } from "../support/fake-ports.ts";
import { always, fenced, once, scriptedModel } from "../support/scripted-model.ts";

const model = (name: string) => ({ name, description: "", exampleCode: `${name}()`, sources: [] });

function measured(
  answers: Parameters<typeof scriptedModel>[0],
  changes: Partial<typeof settings> = {},
) {
  const scripted = scriptedModel({
    retriever: always({ models: ["a", "b"].map(model) }),
    ...answers,
  });
  const own = { ...settings, models: 2, outerSteps: 1, innerSteps: 1, ...changes };
  const fake = fakePorts(scripted.model, { settings: own, measures: {} });
  const evaluation = evaluationOf(fake.ports);
  const given = async (id: string, script: string) => {
    const fresh = { at: Place.parse(id), purpose: "solution" as const, title: id, script };
    return (await evaluation.evaluate(fresh, {})).id;
  };
  const asked = (name: string) => scripted.asks.filter(({ agent }) => agent === name);
  return { evaluation, given, asked, ...scripted, ...fake };
}

test("models are not merged: the best is the base, and all are blended", async () => {
  const { ports, evaluation, agents, ledger } = measured({
    initializer: once(fenced("measured 5"), fenced("measured 4.5")),
  });
  const end = await initialSolutionGraph(ports, evaluation).invoke({ at: "track-1" });
  expect(end).toMatchObject({ base: "track-1/model-2", merges: 0 });
  expect(agents()).toEqual(["retriever", "initializer", "initializer"]);
  expect(ledger.best).toMatchObject({
    score: 3.75,
    members: ["track-1/model-1", "track-1/model-2"],
  });
});

test.each([
  { found: "measured 5 # with all", kept: true },
  { found: "measured 5.1", kept: false },
  { found: "score 1\nmeasured nothing", kept: false },
])("a data-usage rewrite with $found over a measured 5 is kept: $kept", async ({ found, kept }) => {
  const { ports, evaluation } = measured(
    {
      initializer: always(fenced("measured 5")),
      "data-usage-checker": once({ usesAll: false, explanation: "unused", script: found }),
      debugger: always(fenced("fail")),
    },
    { models: 1, dataUsageCheck: true },
  );
  const end = await initialSolutionGraph(ports, evaluation).invoke({ at: "track-1" });
  expect(end.base === "track-1/data-usage").toBe(kept);
});

test.each([
  { acceptance: 0, scored: 4.95, kept: true },
  { acceptance: 0, scored: 5, kept: false },
  { acceptance: 2, scored: 4.95, kept: false },
  { acceptance: 2, scored: 4.7, kept: true },
])(
  "with $acceptance standard errors of 0.1, an attempt at $scored replaces 5: $kept",
  async ({ acceptance, scored, kept }) => {
    const { ports, evaluation, given, ledger } = measured(
      {
        ablator: always(fenced("Ablation[baseline]: 5")),
        summarizer: always("nothing"),
        extractor: always({ block: "measured 5", firstLine: null, lastLine: null, plan: "first" }),
        coder: always(fenced(`measured ${scored}\n# changed`)),
      },
      { acceptance },
    );
    const base = await given("track-1/model-1", "measured 5");
    const end = await refinementGraph(ports, evaluation).invoke({ at: "track-1", base });
    expect(ledger.candidate("track-1/refine-1/attempt-1").gained?.gain).toBeCloseTo(5 - scored);
    expect(end.base !== base).toBe(kept);
  },
);

test("the ensemble begins with the blend; then scripts over all members are planned against the best there is", async () => {
  const { ports, evaluation, given, agents, asked, ledger } = measured(
    {
      "ensemble-planner": once("stack them", "stack them again"),
      ensembler: once(
        fenced("measured 3\n./input/members"),
        fenced("measured 3.5\n./input/members #"),
      ),
    },
    { ensembleRounds: 2 },
  );
  const solutions = [
    await given("track-1/model-1", "measured 4.5"),
    await given("track-2/model-1", "measured 5"),
  ];
  const graph = ensembleGraph(ports, evaluation);
  const { ensembles } = await graph.invoke({ at: "ensemble", solutions });
  const rounds = ["ensemble/round-1", "ensemble/round-2"];
  expect(ensembles).toEqual(["ensemble/blend", ...rounds]);
  expect(agents()).toEqual(["ensemble-planner", "ensembler", "ensemble-planner", "ensembler"]);
  expect(asked("ensemble-planner")[0]?.input).toMatchObject({ attempts: [] });
  expect(asked("ensemble-planner")[1]?.input).toMatchObject({
    attempts: [{ plan: "stack them", score: 3, gain: 0 }],
  });
  expect(ledger.candidate(rounds[0] ?? "").members).toEqual(solutions);
});

test("where no blend is better than its members, the planner is told of every script that was tried", async () => {
  const { ports, evaluation, given, asked } = measured(
    {
      "ensemble-planner": always("stack"),
      ensembler: always(fenced("measured 2\n./input/members")),
    },
    { ensembleRounds: 2 },
  );
  const solutions = [
    await given("track-1/model-1", "measured 1"),
    await given("track-2/model-1", "measured 9"),
  ];
  await ensembleGraph(ports, evaluation).invoke({ at: "ensemble", solutions });
  expect(asked("ensemble-planner")[1]?.input).toMatchObject({ attempts: [{ score: 2, gain: -1 }] });
});

test("as in the paper, models are merged, scripts are joined and a submission is written", async () => {
  const { ports, agents, scorer } = measured(
    {
      initializer: once(...[5, 4, 6, 7].map((score) => fenced(`measured ${score}`))),
      merger: always(fenced("measured 9")),
      ensembler: once(fenced("measured 3")),
      submitter: always(fenced("measured 3 # all rows")),
    },
    { method: "paper", tracks: 2, outerSteps: 0, ensembleRounds: 1 },
  );
  const { solution } = await mleStarGraph(ports).invoke({ folder: "toy" });
  expect(solution).toBe("ensemble/round-1");
  expect(agents().slice(-2)).toEqual(["ensembler", "submitter"]);
  expect(agents().filter((name) => name === "merger")).toHaveLength(2);
  expect(scorer).toMatchObject({ blends: [], combined: [] });
});
