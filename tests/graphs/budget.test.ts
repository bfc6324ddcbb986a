import { expect, test } from "vitest";
import { mleStarGraph } from "../../graphs/mle-star.ts";
import { fakePorts, settings } from "../support/fake-ports.ts";
import { always, fenced, planned, scriptedModel } from "../support/scripted-model.ts";

const model = (name: string) => ({ name, description: "", exampleCode: `${name}()`, sources: [] });

/** A run whose budget allows steps until so many scripts have run. */
async function run(scripts: number) {
  const scripted = scriptedModel({
    retriever: always({ models: ["a", "b"].map(model) }),
    initializer: always(fenced("score 5")),
    merger: always(fenced("score 4")),
    ablator: always(fenced("Ablation[baseline]: 4")),
    summarizer: always("nothing matters"),
    extractor: always({ block: "score 4", firstLine: null, lastLine: null, plan: "first" }),
    planner: always(planned("next")),
    coder: always(fenced("score 4 # the same")),
    submitter: always(fenced("score 3 # all")),
  });
  const sizes = { models: 2, outerSteps: 2, innerSteps: 3, tracks: 1 };
  const fake = fakePorts(scripted.model, {
    settings: { ...settings, ...sizes, method: "paper" },
    budget: () => (fake.runs.length < scripts ? null : "Script runs: all are spent"),
  });
  await mleStarGraph(fake.ports).invoke({ folder: "toy" }, { recursionLimit: 100 });
  return fake;
}

test.each([1, 3, 4, 5, 7])(
  "with room for %i scripts the loops end early, and the best is still submitted",
  async (room) => {
    const { runs, finished, ledger } = await run(room);
    expect(finished).toMatchObject([{ id: "submission/finalist-1", score: room < 3 ? 5 : 4 }]);
    expect(ledger.leftOut.length).toBeGreaterThan(0);
    // Both branches of a fan-out may have begun before the room was used up.
    expect(runs.length).toBeLessThanOrEqual(room + 2);
  },
);

test("with room for everything nothing is cut", async () => {
  const { ledger, runs } = await run(1000);
  expect(ledger.leftOut).toEqual([]);
  expect(runs).toHaveLength(3 + 2 * 4 + 1);
});
