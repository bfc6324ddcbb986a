import { Command, MemorySaver } from "@langchain/langgraph";
import { expect, test } from "vitest";
import { evaluationOf } from "../../graphs/evaluation.ts";
import type { Ports } from "../../graphs/ports.ts";
import { trackGraph } from "../../graphs/track.ts";
import { AgentOutputError } from "../../src/core/errors.ts";
import type { Ask } from "../../src/core/ports.ts";
import { ofType } from "../../src/record/event.ts";
import { fakePorts, settings } from "../support/fake-ports.ts";
import { always, fenced, scriptedModel } from "../support/scripted-model.ts";

const model = (name: string) => ({ name, description: "", exampleCode: `${name}()`, sources: [] });

/** One track whose fixed steps are one model and no refinement, with a cap that leaves room for so many laps. */
async function track(
  answers: Parameters<typeof scriptedModel>[0],
  { room = 0, ...more }: { room?: number } & Partial<typeof settings> & Partial<Ports> = {},
) {
  let names = 0;
  let scores = 10;
  const scripted = scriptedModel({
    retriever: always(() => {
      names += 1;
      return { models: [model(`m${names}`)] };
    }),
    initializer: always(() => {
      scores -= 0.5;
      return fenced(`measured ${scores}`);
    }),
    ...answers,
  });
  const { isCapped = () => true, isBuiltIn = false, ...changes } = more;
  const own = { ...settings, models: 1, outerSteps: 0, innerSteps: 1, ...changes };
  const fake = fakePorts(scripted.model, {
    ...{ settings: own, measures: {}, isCapped, isBuiltIn },
    budget: ({ at }) =>
      Number(/^track-1\/lap-(\d+)$/.exec(at)?.[1] ?? 0) > room ? "no room" : null,
  });
  const graph = trackGraph(fake.ports, evaluationOf(fake.ports));
  graph.checkpointer = new MemorySaver();
  const config = { recursionLimit: 1000, configurable: { thread_id: "laps" } };
  const end = await graph.invoke({ at: "track-1" }, config);
  return { end, graph, config, ...scripted, ...fake };
}

test("a run with a cap goes on in laps until there is no room for another, and says why each time", async () => {
  const { end, ledger, journal } = await track(
    {
      extractor: always({ scope: "script", plan: "Write it anew." }),
      coder: always(({ at }: Ask) => fenced(`measured 9 # ${at}`)),
      "ensemble-planner": always("stack them"),
      ensembler: always(({ at }: Ask) => fenced(`measured 8 # ${at}\n./input/members`)),
    },
    { room: 5 },
  );
  const moves = ledger.laps.map(({ move }) => move);
  expect(moves).toHaveLength(5);
  expect(moves).toContain("stack");
  expect(ledger.laps[0]?.reason).toMatch(/never tried, against/);
  expect(ofType(journal.events, "left-out").at(-1)?.reason).toBe("no room");
  // What fills the room that is left was not foreseen: nothing is undone.
  expect(journal.ledger.leftOut).toEqual([]);
  const best = ledger.standing().find(({ blend }) => blend === null);
  expect(end.solution).toBe(best?.id);
});

test("the built-in engineer draws no more models where so few units would choose them", async () => {
  const whole = {
    extractor: always({ scope: "script", plan: "Write it anew." }),
    coder: always(fenced("measured 9")),
  };
  expect((await track(whole, { room: 1, isBuiltIn: true })).ledger.laps).toEqual([]);
  expect((await track(whole, { room: 1, isBuiltIn: false })).ledger.laps).toHaveLength(1);
});

test("a kind of move that keeps bringing nothing gives way to another", async () => {
  const { ledger } = await track(
    {
      extractor: always({ scope: "script", plan: "Write it anew." }),
      coder: always(({ at }: Ask) => fenced(`measured 30 # ${at}`)),
      "ensemble-planner": always(new AgentOutputError("ensemble-planner", "empty")),
    },
    { room: 8 },
  );
  const moves = ledger.laps.map(({ move }) => move);
  expect(moves.filter((move) => move === "stack")).toHaveLength(1);
  expect(moves.filter((move) => move === "fresh").length).toBeGreaterThan(2);
});

test.each([
  { why: "without a cap", isCapped: () => false },
  { why: "as in the paper", method: "paper" as const },
  { why: "when laps are off", laps: false },
])("$why there are no laps", async ({ why: _, ...more }) => {
  const { ledger } = await track({}, { room: 5, ...more });
  expect(ledger.laps).toEqual([]);
});

test("what came to nothing is not done again, and a model that twice finds nothing worth trying is believed", async () => {
  const nothing = { plan: "" };
  const { ledger, agents } = await track(
    {
      extractor: always(nothing),
      retriever: always(({ at }: Ask) => ({ models: at === "track-1" ? [model("a")] : [] })),
    },
    { room: 50 },
  );
  // The first base, the retriever twice, and no other script to refine.
  expect(agents().filter((name) => name === "extractor")).toHaveLength(1);
  expect(ledger.laps.map(({ move }) => move).toSorted()).toEqual(["fresh", "refine"]);
});

test("combining the members is over when there is no plan for it, though they are blended anew", async () => {
  let scores = 10;
  const { ledger } = await track(
    {
      initializer: always(() => {
        scores -= 0.1;
        return fenced(`measured ${scores}`);
      }),
      extractor: always(new AgentOutputError("extractor", "empty")),
      "ensemble-planner": always(new AgentOutputError("ensemble-planner", "all was tried")),
    },
    { room: 8 },
  );
  const stacks = ledger.laps.filter(({ move }) => move === "stack");
  expect(
    ledger.attempts.some(
      ({ blend, place }) => blend !== null && stacks.some(({ at }) => place.text.startsWith(at)),
    ),
  ).toBe(true);
  expect(stacks).toHaveLength(1);
});

test("fresh models are asked for with all that the run has tried", async () => {
  const { asks } = await track({ extractor: always({ plan: "" }) }, { room: 3 });
  const retrievals = asks.filter(({ agent }) => agent === "retriever");
  expect(retrievals.at(-1)?.input).toMatchObject({
    wanted: 1,
    known: retrievals.slice(0, -1).map((_, index) => ({ name: `m${index + 1}` })),
  });
});

test("a person may change the move, or end the search", async () => {
  const { graph, config, ledger } = await track(
    { extractor: always({ plan: "" }) },
    { room: 9, review: ["laps"] },
  );
  const edit = { type: "edit", args: { args: { move: "fresh" } } };
  await graph.invoke(new Command({ resume: [edit] }), config);
  expect(ledger.candidate("track-1/lap-1/model-1").score).toBe(9);
  await graph.invoke(new Command({ resume: [{ type: "ignore" }] }), config);
  expect(ledger.laps).toHaveLength(2);
  expect((await graph.getState(config)).next).toEqual([]);
});
