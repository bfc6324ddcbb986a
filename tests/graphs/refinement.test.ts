import { MemorySaver } from "@langchain/langgraph";
import { expect, test } from "vitest";
import { refinementGraph } from "../../graphs/refinement.ts";
import { AgentOutputError } from "../../src/core/errors.ts";
import type { Ports } from "../../src/core/ports.ts";
import { candidateOf, common, fakePorts, settings } from "../support/fake-ports.ts";
import { always, fenced, once, scriptedModel } from "../support/scripted-model.ts";

const base = candidateOf("track-1/model-1", 5, "# head\nscore 5\n# tail");
const extraction = (block: string, plan = "first") => ({
  block,
  firstLine: null,
  lastLine: null,
  plan,
});
const ablation = fenced("Ablation[baseline]: 5\nAblation[head]: 6");

async function refine(
  answers: Parameters<typeof scriptedModel>[0],
  changes: Partial<typeof settings> = {},
  overrides: Partial<Ports> = {},
  start = base,
) {
  const scripted = scriptedModel({
    ablator: always(ablation),
    summarizer: always("head matters"),
    ...answers,
  });
  const fake = fakePorts(scripted.model, overrides);
  const end = await refinementGraph(fake.ports).invoke({
    ...common,
    settings: { ...settings, outerSteps: 1, innerSteps: 1, ...changes },
    base: start,
  });
  return { end, ...scripted, ...fake };
}

test("a step goes from ablation to summary, block, plan and code, and keeps what is better", async () => {
  const { end, agents, runs, events } = await refine({
    extractor: once(extraction("score 5")),
    coder: once(fenced("score 4")),
  });
  expect(agents()).toEqual(["ablator", "summarizer", "extractor", "coder"]);
  expect(runs.map(({ id, purpose }) => `${purpose} ${id}`)).toEqual([
    "ablation track-1/refine-1/ablation",
    "solution track-1/refine-1/attempt-1",
  ]);
  expect(end.base).toMatchObject({ score: 4, script: "# head\nscore 4\n# tail" });
  expect(events).toContainEqual(
    expect.objectContaining({
      type: "ablation",
      baseline: 5,
      effects: [{ part: "head", score: 6 }],
    }),
  );
});

test.each(["score 5", "score 6", "fail"])(
  "an attempt with '%s' leaves the script as it was",
  async (code) => {
    const { end } = await refine({
      extractor: once(extraction("# head")),
      coder: once(fenced(`# other head\n${code}\n# score`)),
      debugger: always(fenced("fail")),
    });
    expect(end.base).toMatchObject({ id: "track-1/model-1", score: 5 });
  },
);

test("the next step starts from the best script, and is told the earlier blocks and summaries", async () => {
  const { asks, end } = await refine(
    {
      summarizer: once("first summary", "second summary"),
      extractor: once(extraction("score 5"), extraction("# tail")),
      coder: once(fenced("score 4"), fenced("score 3")),
    },
    { outerSteps: 2 },
  );
  expect(end.base).toMatchObject({ score: 3, script: "# head\nscore 4\nscore 3" });
  const [, ablator] = asks.filter(({ agent }) => agent === "ablator");
  expect(ablator?.input).toMatchObject({ base: { score: 4 }, summaries: ["first summary"] });
  const [, extractor] = asks.filter(({ agent }) => agent === "extractor");
  expect(extractor?.input).toMatchObject({ earlierBlocks: ["score 5"] });
});

test.each(["", "absent", "#"])(
  "a block %j that does not stand once in the script is asked for again",
  async (block) => {
    const { asks, end } = await refine({
      extractor: once(extraction(block), extraction("score 5")),
      coder: once(fenced("score 2")),
    });
    const [, again] = asks.filter(({ agent }) => agent === "extractor");
    expect(again?.input).toMatchObject({ complaint: expect.stringContaining("exactly once") });
    expect(end.base.score).toBe(2);
  },
);

test("an extractor that never names a block ends the step without an attempt", async () => {
  const { end, agents } = await refine({ extractor: always(extraction("absent")) });
  expect(agents().filter((agent) => agent === "extractor")).toHaveLength(3);
  expect(end.base.score).toBe(5);
  expect(end.steps).toBe(1);
});

test("a failed ablation is told to the summarizer and does not end the branch", async () => {
  const { asks, end } = await refine({
    ablator: once(new AgentOutputError("ablator", "no Python block")),
    extractor: once(extraction("score 5")),
    coder: once(fenced("score 4")),
  });
  const summarizer = asks.find(({ agent }) => agent === "summarizer");
  expect(summarizer?.input).toMatchObject({ ablation: { ok: false } });
  expect(end.base.score).toBe(4);
});

test("a refinement stopped half-way goes on from its checkpoint without asking or running again", async () => {
  const answers = {
    ablator: once(ablation),
    summarizer: once("head matters"),
    extractor: once(extraction("score 5")),
    coder: once(new Error("the provider is down"), fenced("score 4")),
  };
  const scripted = scriptedModel(answers);
  const fake = fakePorts(scripted.model);
  const graph = refinementGraph(fake.ports);
  graph.checkpointer = new MemorySaver();
  const config = { configurable: { thread_id: "t" }, durability: "sync" as const };
  const state = { ...common, settings: { ...settings, outerSteps: 1, innerSteps: 1 }, base };
  await expect(graph.invoke(state, config)).rejects.toThrow("the provider is down");

  const end = await graph.invoke(null, config);

  expect(end.base.score).toBe(4);
  expect(scripted.agents()).toEqual(["ablator", "summarizer", "extractor", "coder", "coder"]);
  expect(fake.runs.map(({ purpose }) => purpose)).toEqual(["ablation", "solution"]);
});

const improving = {
  extractor: always(extraction("score 5")),
  coder: always(fenced("score 9")),
};

test("with a patience of two, two steps without gain end the refinement", async () => {
  const { end } = await refine(improving, { outerSteps: 5, patience: 2 });
  expect(end.steps).toBe(2);
});

test("where the caps leave room for an attempt only, the ablation is left out and the extractor told so", async () => {
  const budget: Ports["budget"] = ({ kind }) => (kind === "refinement" ? "too little time" : null);
  const { agents, asks, events } = await refine(improving, {}, { budget });
  expect(agents()).toEqual(["extractor", "coder"]);
  expect(asks[0]?.prompt).toContain("No ablation was run");
  expect(events.some(({ type }) => type === "left-out")).toBe(false);
});

test("an ablation that could not end within the time limit of a script is left out", async () => {
  const slow = { ...base, run: base.run && { ...base.run, seconds: 3 } };
  const { agents } = await refine(improving, { scriptSeconds: 5 }, {}, slow);
  expect(agents()).toEqual(["extractor", "coder"]);
});

test("where the caps leave room for nothing the refinement ends, and notes what it left out", async () => {
  const { end, agents, events } = await refine(improving, {}, { budget: () => "no time is left" });
  expect(agents()).toEqual([]);
  expect(end.base).toEqual(base);
  expect(events).toMatchObject([
    { type: "left-out", at: "track-1/refine-1", step: "refinement", reason: "no time is left" },
  ]);
});
