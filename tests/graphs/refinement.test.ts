import { MemorySaver } from "@langchain/langgraph";
import { expect, test } from "vitest";
import { evaluationOf } from "../../graphs/evaluation.ts";
import type { Ports } from "../../graphs/ports.ts";
import { refinementGraph } from "../../graphs/refinement.ts";
import type { Run } from "../../src/core/candidate.ts";
import { AgentOutputError } from "../../src/core/errors.ts";
import { fakePorts, given, settings } from "../support/fake-ports.ts";
import { always, fenced, once, planned, scriptedModel } from "../support/scripted-model.ts";

const BASE = "# head\nscore 5\n# tail";
const extraction = (block: string, plan = "first") => ({
  ...{ block, plan },
  firstLine: null,
  lastLine: null,
});
const ablation = fenced("Ablation[baseline]: 5\nAblation[head]: 6");

interface Around extends Partial<Ports> {
  script?: string;
  run?: Partial<Run>;
}

function refining(
  answers: Parameters<typeof scriptedModel>[0],
  changes: Partial<typeof settings> = {},
  { script = BASE, run = {}, ...others }: Around = {},
) {
  const scripted = scriptedModel({
    ablator: always(ablation),
    summarizer: always("head matters"),
    extractor: always(extraction("score 5")),
    ...answers,
  });
  const own = { ...settings, method: "paper" as const, outerSteps: 1, innerSteps: 1, ...changes };
  const fake = fakePorts(scripted.model, { settings: own, ...others });
  const input = { at: "track-1", base: given(fake.journal, "track-1/model-1", script, { run }) };
  const graph = refinementGraph(fake.ports, evaluationOf(fake.ports));
  const asked = (name: string) => scripted.asks.filter(({ agent }) => agent === name);
  return { graph, input, asked, ...scripted, ...fake };
}

async function refine(...how: Parameters<typeof refining>) {
  const refinement = refining(...how);
  const end = await refinement.graph.invoke(refinement.input);
  const { ledger } = refinement;
  const scores = ledger.attempts.slice(1).map(({ score }) => score);
  return { ...refinement, end, base: ledger.candidate(end.base), scores };
}

test("a step goes from ablation to summary, block, plan and code, and keeps what is better", async () => {
  const { base, agents, runs, events } = await refine({ coder: once(fenced("score 4")) });
  expect(agents()).toEqual(["ablator", "summarizer", "extractor", "coder"]);
  expect(runs.map(({ id, purpose }) => `${purpose} ${id}`)).toEqual([
    "ablation track-1/refine-1/ablation",
    "solution track-1/refine-1/attempt-1",
  ]);
  expect(base).toMatchObject({
    ...{ score: 4, script: "# head\nscore 4\n# tail" },
    ...{ parent: "track-1/model-1", plan: "first" },
  });
  const effects = [{ part: "head", score: 6 }];
  expect(events).toContainEqual(
    expect.objectContaining({ type: "ablation", baseline: 5, effects }),
  );
});

test.each(["score 5", "score 6", "fail"])(
  "an attempt with '%s' leaves the script as it was",
  async (code) => {
    const { base } = await refine({
      extractor: once(extraction("# head")),
      coder: once(fenced(`# other head\n${code}\n# score`)),
      debugger: always(fenced("fail")),
    });
    expect(base).toMatchObject({ id: "track-1/model-1", score: 5 });
  },
);

test("the next step starts from the best script, and is told the earlier blocks and summaries", async () => {
  const { asked, base } = await refine(
    {
      summarizer: once("first summary", "second summary"),
      extractor: once(extraction("score 5"), extraction("# tail")),
      coder: once(fenced("score 4"), fenced("score 3")),
    },
    { outerSteps: 2 },
  );
  expect(base).toMatchObject({ score: 3, script: "# head\nscore 4\nscore 3" });
  expect(asked("ablator")[1]?.input).toMatchObject({
    ...{ base: { score: 4 }, summaries: ["first summary"] },
  });
  expect(asked("extractor")[1]?.input).toMatchObject({ earlierBlocks: ["score 5"] });
});

test.each(["", "absent", "#"])(
  "a block %j that does not stand once in the script is asked for again",
  async (block) => {
    const { asked, base } = await refine({
      extractor: once(extraction(block), extraction("score 5")),
      coder: once(fenced("score 2")),
    });
    expect(asked("extractor")[1]?.input).toMatchObject({
      complaint: expect.stringContaining("exactly once"),
    });
    expect(base.score).toBe(2);
  },
);

test("an extractor that never names a block ends the step without an attempt", async () => {
  const { end, base, asked } = await refine({ extractor: always(extraction("absent")) });
  expect(asked("extractor")).toHaveLength(3);
  expect(base.score).toBe(5);
  expect(end.steps).toBe(1);
});

test("of a step's attempts the best counts, the last too, each made from the step's own script and block", async () => {
  const { base, agents, runs } = await refine(
    {
      planner: once(planned("second"), planned("third")),
      coder: once(fenced("score 4"), fenced("score 6"), fenced("score 1")),
    },
    { innerSteps: 3 },
  );
  expect(base).toMatchObject({ id: "track-1/refine-1/attempt-3", score: 1 });
  expect(agents().slice(3)).toEqual(["coder", "planner", "coder", "planner", "coder"]);
  expect(runs.slice(1).map(({ script }) => script)).toEqual(
    [4, 6, 1].map((score) => `# head\nscore ${score}\n# tail`),
  );
});

test("the planner sees every plan with its score, gain and problem", async () => {
  const { asked } = await refine(
    {
      planner: once(planned("second"), planned("third")),
      coder: once(fenced("score 4"), fenced("fail ValueError: bad"), fenced("score 2")),
      debugger: always(fenced("fail ValueError: bad")),
    },
    { innerSteps: 3 },
  );
  expect(asked("planner").at(-1)?.input).toMatchObject({
    attempts: [
      { plan: "first", score: 4, gain: 1, problem: null },
      { plan: "second", score: null, gain: null, problem: expect.stringMatching(/./) },
    ],
  });
});

test.each([
  { answer: fenced("score 5"), problem: "the replacement changes nothing" },
  { answer: new AgentOutputError("coder", "no Python block"), problem: "the replacement is empty" },
])("an attempt whose $problem is recorded as failed and never run", async ({ answer, problem }) => {
  const { runs, ledger } = await refine({ coder: once(answer) });
  expect(ledger.attempts.at(-1)).toMatchObject({ score: null, problem });
  expect(runs.map(({ purpose }) => purpose)).toEqual(["ablation"]);
});

test.each([
  {
    what: "a whole script",
    answer: 'score 2\nprint("Final Validation Performance:", 2)',
    script: 'score 2\nprint("Final Validation Performance:", 2)',
  },
  {
    what: "dollar signs",
    answer: "score 2 # $& $1 $$",
    script: "# head\nscore 2 # $& $1 $$\n# tail",
  },
])("a coder that answers with $what is taken at its word", async ({ answer, script }) => {
  const { base } = await refine({ coder: once(fenced(answer)) });
  expect(base.script).toBe(script);
});

test("a planner without an answer costs its attempt, not the loop, and is not told as tried", async () => {
  const { scores, asked } = await refine(
    {
      planner: once(new AgentOutputError("planner", "empty"), planned("third")),
      coder: once(fenced("score 7"), fenced("score 4")),
    },
    { innerSteps: 3 },
  );
  expect(scores).toEqual([7, 4]);
  expect(asked("planner")[1]?.input).toMatchObject({ attempts: [{ plan: "first", score: 7 }] });
});

test("where no ablation ran no summarizer is paid for, and no later ablator is told of one", async () => {
  const missing = [
    { ablator: once(new AgentOutputError("ablator", "no Python block"), ablation) },
    {
      budget: (step: { kind: string; at: string }) =>
        /refine-1\/abl/.test(step.at) ? "no time" : null,
    },
  ];
  for (const { budget = () => null, ...answers } of missing) {
    const { agents, asked, base } = await refine(
      {
        ...answers,
        extractor: once(extraction("score 5"), extraction("# tail")),
        coder: once(fenced("score 4"), fenced("score 3")),
      },
      { outerSteps: 2 },
      { budget },
    );
    expect(agents().filter((agent) => agent === "summarizer")).toHaveLength(1);
    expect(asked("extractor")[0]?.prompt).toContain("There is no ablation to go by");
    expect(asked("ablator").at(-1)?.input).toMatchObject({ summaries: [] });
    expect(base.score).toBe(3);
  }
});

const leak = { leaks: true, explanation: "x", block: "# head", correction: "# clean" };
const fine = { leaks: false, explanation: "x", block: "", correction: "" };

test("a leak in the text that all attempts share withdraws them all, and the honest one wins", async () => {
  const { base, ledger, end } = await refine(
    {
      "leakage-checker": once(fine, leak, fine),
      planner: once(planned("second"), planned("third")),
      coder: once(fenced("score 1"), fenced("score 7"), fenced("score 2")),
    },
    { innerSteps: 3, leakageCheck: true },
  );
  expect(base).toMatchObject({ score: 7, script: "# clean\nscore 7\n# tail" });
  const withdrawn = ledger.attempts.filter(({ withdrawn }) => withdrawn !== null);
  expect(withdrawn.map(({ id, score }) => `${id} ${score}`)).toEqual([
    "track-1/model-1 null",
    "track-1/refine-1/attempt-1 null",
    "track-1/refine-1/attempt-3 null",
  ]);
  expect(ledger.best?.id).toBe(end.base);
});

test("when a leak took every attempt of the step, the best that is left of the track goes on", async () => {
  const refinement = refining(
    {
      "leakage-checker": once(leak),
      coder: once(fenced("fail")),
      debugger: always(fenced("fail")),
    },
    { leakageCheck: true },
  );
  given(refinement.journal, "track-2/model-1", "score 1");
  const left = given(refinement.journal, "track-1/model-2", "score 8");
  const { base } = await refinement.graph.invoke(refinement.input);
  expect(base).toBe(left);
});

test("with a patience of one the first attempt without gain ends the step; with two, two such steps the refinement", async () => {
  const impatient = await refine(
    { planner: once(planned("second")), coder: once(fenced("score 4"), fenced("score 6")) },
    { innerSteps: 3, patience: 1 },
  );
  expect(impatient.scores).toEqual([4, 6]);
  expect(impatient.base.score).toBe(4);
  const barren = { coder: always(fenced("score 9")) };
  expect((await refine(barren, { outerSteps: 5, patience: 2 })).end.steps).toBe(2);
});

test("a refinement stopped half-way goes on from its checkpoint without asking or running again", async () => {
  const { graph, input, ledger, agents, runs } = refining({
    ...{ ablator: once(ablation), summarizer: once("head matters") },
    coder: once(new Error("the provider is down"), fenced("score 4")),
  });
  graph.checkpointer = new MemorySaver();
  const config = { configurable: { thread_id: "t" }, durability: "sync" as const };
  await expect(graph.invoke(input, config)).rejects.toThrow("the provider is down");

  const end = await graph.invoke(null, config);

  expect(ledger.candidate(end.base).score).toBe(4);
  expect(agents()).toEqual(["ablator", "summarizer", "extractor", "coder", "coder"]);
  expect(runs.map(({ purpose }) => purpose)).toEqual(["ablation", "solution"]);
});

test.each([
  {
    what: "the caps leave room for an attempt only",
    around: { budget: ({ kind }) => (kind === "ablation" ? "too little time" : null) },
    left: ["track-1/refine-1/ablation"],
  },
  { what: "it could not end within the time limit", around: { run: { seconds: 3 } }, left: [] },
] satisfies { what: string; around: Around; left: string[] }[])(
  "the ablation is left out where $what, and the extractor told so",
  async ({ around, left }) => {
    const answers = { coder: once(fenced("score 4")) };
    const { agents, asks, ledger } = await refine(answers, { scriptSeconds: 5 }, around);
    expect(agents()).toEqual(["extractor", "coder"]);
    expect(asks[0]?.prompt).toContain("There is no ablation to go by");
    expect(ledger.leftOut.map(({ at }) => at)).toEqual(left);
  },
);

test("where the caps leave room for nothing the refinement ends, and notes what it left out", async () => {
  const { end, agents, ledger } = await refine({}, {}, { budget: () => "no time is left" });
  expect(agents()).toEqual([]);
  expect(end).toMatchObject({ base: "track-1/model-1", steps: 0 });
  expect(ledger.leftOut).toMatchObject([
    { at: "track-1/refine-1", step: "refinement", reason: "no time is left" },
  ]);
});
