import { expect, test } from "vitest";
import { innerLoopGraph } from "../../graphs/inner-loop.ts";
import { AgentOutputError } from "../../src/core/errors.ts";
import { candidateOf, common, fakePorts, settings } from "../support/fake-ports.ts";
import { always, fenced, once, scriptedModel } from "../support/scripted-model.ts";

const base = candidateOf("track-1/model-1", 5, "# head\nscore 5\n# tail");
const target = { text: "score 5", start: 7 };

async function innerLoop(
  answers: Parameters<typeof scriptedModel>[0],
  changes: Partial<typeof settings> = {},
) {
  const scripted = scriptedModel(answers);
  const fake = fakePorts(scripted.model);
  const end = await innerLoopGraph(fake.ports).invoke({
    ...common,
    at: "track-1/refine-1",
    settings: { ...settings, innerSteps: 3, ...changes },
    base,
    target,
    plan: "first",
  });
  return { end, ...scripted, ...fake };
}

test("the last attempt counts when it is the best", async () => {
  const { end, agents } = await innerLoop({
    planner: once("second", "third"),
    coder: once(fenced("score 7"), fenced("score 6"), fenced("score 1")),
  });
  expect(end.challenger).toMatchObject({ id: "track-1/refine-1/attempt-3", score: 1 });
  expect(agents()).toEqual(["coder", "planner", "coder", "planner", "coder"]);
});

test("every attempt starts from the step's own script and its original block", async () => {
  const { runs, asks } = await innerLoop({
    planner: once("second", "third"),
    coder: once(fenced("score 1"), fenced("score 2"), fenced("score 3")),
  });
  expect(runs.map(({ script }) => script)).toEqual(
    [1, 2, 3].map((score) => `# head\nscore ${score}\n# tail`),
  );
  expect(asks.every(({ input }) => JSON.stringify(input).includes("score 5"))).toBe(true);
});

test("the planner sees every plan with its score, gain and problem", async () => {
  const { asks } = await innerLoop({
    planner: once("second", "third"),
    coder: once(fenced("score 4"), fenced("fail ValueError: bad"), fenced("score 2")),
    debugger: always(fenced("fail ValueError: bad")),
  });
  const planners = asks.filter(({ agent }) => agent === "planner");
  expect(planners.at(-1)?.input).toMatchObject({
    attempts: [
      { plan: "first", score: 4, gain: 1, problem: null },
      { plan: "second", score: null, gain: null, problem: expect.stringMatching(/./) },
    ],
  });
});

test.each([
  { answer: fenced("score 5"), problem: "the replacement changes nothing" },
  { answer: new AgentOutputError("coder", "no Python block"), problem: "the replacement is empty" },
])(
  "an attempt that changes nothing is recorded as failed and never run",
  async ({ answer, problem }) => {
    const { end, runs } = await innerLoop({ coder: once(answer) }, { innerSteps: 1 });
    expect(end.attempts).toMatchObject([{ score: null, problem }]);
    expect(runs).toEqual([]);
  },
);

test("a coder that answers with the whole script is taken at its word", async () => {
  const whole = 'score 2\nprint("Final Validation Performance:", 2)';
  const { runs } = await innerLoop({ coder: once(fenced(whole)) }, { innerSteps: 1 });
  expect(runs.map(({ script }) => script)).toEqual([whole]);
});

test("a replacement with dollar signs enters the script as it is", async () => {
  const { runs } = await innerLoop(
    { coder: once(fenced("score 2 # $& $1 $$")) },
    { innerSteps: 1 },
  );
  expect(runs[0]?.script).toBe("# head\nscore 2 # $& $1 $$\n# tail");
});

test("a planner without an answer costs its attempt, not the loop", async () => {
  const { end } = await innerLoop({
    planner: once(new AgentOutputError("planner", "empty"), "third"),
    coder: once(fenced("score 7"), fenced("score 4")),
  });
  expect(end.attempts.map(({ score }) => score)).toEqual([7, null, 4]);
});

test("a leak found in the script all attempts start from voids its score", async () => {
  const leak = { leaks: true, explanation: "x", block: "# head", correction: "# clean" };
  const { end, distrusted } = await innerLoop(
    { "leakage-checker": once(leak), coder: once(fenced("score 9")) },
    { innerSteps: 1, leakageCheck: true },
  );
  expect(end.base.score).toBeNull();
  expect(end.challenger).toMatchObject({ score: 9, script: "# clean\nscore 9\n# tail" });
  expect(distrusted.map(({ id }) => id)).toEqual(["track-1/model-1"]);
});

test("with a patience of one the first attempt without gain ends the loop", async () => {
  const { end, agents } = await innerLoop(
    { planner: once("second"), coder: once(fenced("score 4"), fenced("score 6")) },
    { patience: 1 },
  );
  expect(agents()).toEqual(["coder", "planner", "coder"]);
  expect(end.challenger?.score).toBe(4);
});
