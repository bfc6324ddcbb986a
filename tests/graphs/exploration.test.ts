import { expect, test } from "vitest";
import { mleStarGraph } from "../../graphs/mle-star.ts";
import { fakePorts, fakeRun, settings } from "../support/fake-ports.ts";
import { always, fenced, once, scriptedModel } from "../support/scripted-model.ts";

const model = { name: "a", description: "", exampleCode: "a()", sources: [] };

/** A run of one model whose exploration prints what its script says, and fails where it says so. */
async function run(
  explorer: unknown[],
  fakes: Parameters<typeof fakePorts>[1] = {},
  debugRounds = 1,
) {
  const scripted = scriptedModel({
    explorer: once(...explorer),
    "query-writer": always({ queries: ["q"] }),
    retriever: always({ models: [model] }),
    initializer: always(fenced("score 5")),
    submitter: always(fenced("score 5 # all rows")),
  });
  const fake = fakePorts(scripted.model, {
    lookSeconds: 200,
    settings: {
      ...{ ...settings, models: 1, outerSteps: 0, tracks: 1, ensembleRounds: 0 },
      debugRounds,
    },
    runPython: async (request) =>
      request.purpose === "exploration"
        ? {
            ...fakeRun(request),
            stdout: request.script.replace(/^fail.*$/m, ""),
            submission: null,
          }
        : fakeRun(request),
    ...fakes,
  });
  await mleStarGraph(fake.ports).invoke({ folder: "toy" });
  const toldTo = (name: string) => scripted.asks.find(({ agent }) => agent === name)?.input;
  return { ...fake, ...scripted, toldTo };
}

test("what a script finds in the data is told to every agent that writes after it, and the run is as it was", async () => {
  const { runs, toldTo, agents, finished } = await run([fenced("y is skewed")]);
  expect(runs[0]).toMatchObject({ id: "exploration", purpose: "exploration", seconds: 200 });
  expect(agents().slice(0, 2).toSorted()).toEqual(["explorer", "retriever"]);
  expect(toldTo("explorer")).toMatchObject({ findings: null, failure: null });
  for (const agent of ["initializer", "submitter"])
    expect(toldTo(agent)).toMatchObject({ findings: "y is skewed" });
  expect(finished).toMatchObject([{ score: 5 }]);
});

test("models are searched for while the data are looked at, and no first script is written before", async () => {
  let searched = () => {};
  const search = new Promise<void>((resolve) => {
    searched = resolve;
  });
  const order: string[] = [];
  const { finished } = await run([fenced("y is skewed")], {
    settings: { ...settings, models: 1, outerSteps: 0, tracks: 2, ensembleRounds: 0 },
    runPython: async (request) => {
      // It ends once somebody has asked for models: never, if they waited for it.
      if (request.purpose === "exploration") await search;
      order.push(request.purpose);
      return { ...fakeRun(request), submission: { valid: true, problem: null } };
    },
    searchWeb: async () => {
      searched();
      return [];
    },
  });
  expect(order[0]).toBe("exploration");
  expect(finished).toMatchObject([{ score: 5 }]);
});

test("a look that fails is written once more, from its error", async () => {
  const { asks, toldTo, runs } = await run([fenced("half\nfail KeyError: 'z'"), fenced("whole")]);
  const [, again] = asks.filter(({ agent }) => agent === "explorer");
  expect(again?.input).toMatchObject({ failure: { stdout: "half\n" } });
  expect(again?.prompt).toContain("KeyError: 'z'");
  expect(runs.slice(0, 2).map(({ id }) => id)).toEqual(["exploration", "exploration/debug-1"]);
  expect(toldTo("initializer")).toMatchObject({ findings: "whole" });
});

test("of looks that all fail, what they printed until then counts, and the run goes on", async () => {
  const { toldTo, finished, ledger } = await run([
    fenced("much was seen\nfail"),
    fenced("less\nfail"),
  ]);
  expect(toldTo("initializer")).toMatchObject({ findings: "much was seen" });
  expect(finished).toMatchObject([{ score: 5 }]);
  expect(ledger.attempts).toHaveLength(1);
});

test("nobody is asked to look where nobody is to", async () => {
  const { agents, ledger } = await run([], { lookSeconds: null });
  expect(agents()).not.toContain("explorer");
  expect(ledger.findings).toBeNull();
});
