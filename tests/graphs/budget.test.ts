import { expect, test } from "vitest";
import { mleStarGraph } from "../../graphs/mle-star.ts";
import { contextOf } from "../../src/core/run-context.ts";
import { fakePorts, settings } from "../support/fake-ports.ts";
import { always, fenced, scriptedModel } from "../support/scripted-model.ts";

const models = ["a", "b"].map((name) => ({
  name,
  description: "",
  exampleCode: `${name}()`,
  sources: [],
}));

/** A run whose budget allows steps until so many scripts have run. */
async function run(scripts: number) {
  const scripted = scriptedModel({
    retriever: always({ models }),
    initializer: always(fenced("score 5")),
    merger: always(fenced("score 4")),
    ablator: always(fenced("Ablation[baseline]: 4")),
    summarizer: always("nothing matters"),
    extractor: always({ block: "score", firstLine: null, lastLine: null, plan: "first" }),
    planner: always("next"),
    coder: always(fenced("score # the same")),
    ensembler: always(fenced("score 3")),
    "ensemble-planner": always("weights"),
    submitter: always(fenced("score 3 # all")),
    debugger: always(fenced("score 6")),
  });
  const fake = fakePorts(scripted.model, {
    budget: () => (fake.runs.length < scripts ? null : "Script runs: all are spent"),
  });
  const small = {
    ...settings,
    models: 2,
    outerSteps: 2,
    innerSteps: 3,
    tracks: 1,
    ensembleRounds: 2,
  };
  const end = await mleStarGraph(fake.ports).invoke(
    { folder: "toy" },
    { context: contextOf(small) },
  );
  return { end, runs: fake.runs.length, purposes: fake.runs.map(({ purpose }) => purpose) };
}

test.each([1, 3, 4, 5, 7, 9])(
  "with room for %i scripts the loops end early, and the best is still submitted",
  async (room) => {
    const { end, runs, purposes } = await run(room);
    expect(end.solution?.score).not.toBeNull();
    expect(purposes.at(-1)).toBe("submission");
    // Both branches of a fan-out may have begun before the room was used up.
    expect(runs).toBeLessThanOrEqual(room + 2);
  },
);

test("with room for everything nothing is cut", async () => {
  const all = await run(1000);
  const cut = await run(4);
  expect(all.runs).toBeGreaterThan(cut.runs);
});
