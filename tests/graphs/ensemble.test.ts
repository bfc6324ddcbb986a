import { expect, test } from "vitest";
import { ensembleGraph } from "../../graphs/ensemble.ts";
import { evaluationOf } from "../../graphs/evaluation.ts";
import { AgentOutputError } from "../../src/core/errors.ts";
import { fakePorts, given, settings } from "../support/fake-ports.ts";
import { always, fenced, once, scriptedModel } from "../support/scripted-model.ts";

const SCRIPTS = ["score 4\n# one", "score 5\n# other"];

async function combine(
  answers: Parameters<typeof scriptedModel>[0],
  scripts = SCRIPTS,
  changes: Partial<typeof settings> = {},
) {
  const scripted = scriptedModel(answers);
  const own = { ...settings, ensembleRounds: 3, ...changes };
  const fake = fakePorts(scripted.model, { settings: own });
  const solutions = scripts.map((script, index) =>
    given(fake.journal, `track-${index + 1}/model-1`, script),
  );
  const graph = ensembleGraph(fake.ports, evaluationOf(fake.ports));
  const end = await graph.invoke({ at: "ensemble", solutions });
  const ensembles = end.ensembles.map((id) => fake.ledger.candidate(id));
  const planners = scripted.asks.filter(({ agent }) => agent === "ensemble-planner");
  return { ensembles, planners, solutions, ...scripted, ...fake };
}

test("plain averaging comes first; then the planner is asked with every plan and its outcome", async () => {
  const { asks, ensembles, agents, solutions, runs } = await combine({
    ensembler: once(fenced("score 4"), fenced("score 3"), fenced("score 6")),
    "ensemble-planner": once("weights", "stacking"),
  });
  expect(agents()).toEqual([
    ...["ensembler", "ensemble-planner", "ensembler", "ensemble-planner", "ensembler"],
  ]);
  expect(asks[0]?.input).toMatchObject({ plan: expect.stringContaining("equal weights") });
  expect(asks.at(-2)?.input).toMatchObject({
    attempts: [
      { score: 4, gain: 0 },
      { plan: "weights", score: 3, gain: 1 },
    ],
  });
  expect(ensembles).toMatchObject([4, 3, 6].map((score) => ({ score, members: solutions })));
  // They join scripts that took a second each.
  expect(runs.map(({ joined }) => joined)).toEqual([2, 2, 2]);
});

test("an ensemble that fails is data for the next; a plan that nobody made is not told as tried", async () => {
  const { planners, ensembles } = await combine(
    {
      ensembler: once(
        fenced("fail KeyError: 'oof'"),
        new AgentOutputError("ensembler", "no Python block"),
        fenced("score 2"),
      ),
      debugger: always(fenced("fail KeyError: 'oof'")),
      "ensemble-planner": once(
        "weights",
        new AgentOutputError("ensemble-planner", "empty"),
        "stacking",
      ),
    },
    SCRIPTS,
    { ensembleRounds: 4 },
  );
  expect(planners.at(-1)?.input).toMatchObject({
    attempts: [
      { plan: expect.stringContaining("equal weights"), score: null },
      { plan: "weights", score: null, problem: "ensembler: no Python block" },
    ],
  });
  expect(ensembles.map(({ score }) => score)).toEqual([null, null, 2]);
});

test("an ensemble of a script that was withdrawn since does not count; the one that mends the leak does", async () => {
  const leak = { leaks: true, explanation: "x", block: "# one", correction: "# clean" };
  const fine = { leaks: false, explanation: "x", block: "", correction: "" };
  const { ensembles, ledger } = await combine(
    {
      ensembler: once(fenced("score 1"), fenced("# one\nscore 3")),
      "ensemble-planner": once("weights"),
      "leakage-checker": once(fine, leak),
    },
    SCRIPTS,
    { ensembleRounds: 2, leakageCheck: true },
  );
  expect(ensembles).toMatchObject([
    { score: null, earned: 1, withdrawn: expect.stringContaining("track-1/model-1") },
    { score: 3, withdrawn: null },
  ]);
  expect(ledger.standing().map(({ id }) => id)).toEqual(["ensemble/round-2", "track-2/model-1"]);
});

test("one solution alone is not ensembled", async () => {
  const { agents } = await combine({}, SCRIPTS.slice(0, 1));
  expect(agents()).toEqual([]);
});
