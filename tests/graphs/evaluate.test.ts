import { expect, test } from "vitest";
import { evaluateGraph, evaluateWith } from "../../graphs/evaluate.ts";
import { AgentOutputError, OverBudgetError } from "../../src/core/errors.ts";
import type { Ports } from "../../src/core/ports.ts";
import { common, fakePorts, settings } from "../support/fake-ports.ts";
import { always, fenced, once, scriptedModel } from "../support/scripted-model.ts";

const candidate = (script: string) => ({ id: "c", title: "c", script, run: null, score: null });
const checking = { ...common, settings: { ...settings, leakageCheck: true } };

async function evaluate(
  script: string,
  answers: Parameters<typeof scriptedModel>[0] = {},
  state: typeof common = common,
) {
  const scripted = scriptedModel(answers);
  const fake = fakePorts(scripted.model);
  const end = await evaluateGraph(fake.ports).invoke({
    ...state,
    purpose: "solution",
    candidate: candidate(script),
  });
  return { end, ...scripted, ...fake };
}

test("a script that prints its score is scored and offered for promotion", async () => {
  const { end, promoted } = await evaluate("score 5");
  expect(end.scored).toMatchObject({ script: "score 5", score: 5 });
  expect(promoted.map(({ score }) => score)).toEqual([5]);
});

test.each([
  { script: "score nan", problem: "no finite number" },
  { script: "nothing", problem: "no finite number" },
  { script: "fail ValueError: x", problem: "the script failed" },
])("$script is no score, and the debugger is told why", async ({ script, problem }) => {
  const { end, asks, runs } = await evaluate(script, { debugger: once(fenced("score 4")) });
  expect(asks[0]?.input).toMatchObject({ problem: expect.stringContaining(problem) });
  expect(end.scored).toMatchObject({ script: "score 4", score: 4 });
  expect(runs.map(({ id }) => id)).toEqual(["track-1", "track-1/debug-1"]);
});

test("the debugger is not asked more often than allowed, and sees what was tried before", async () => {
  const state = { ...common, settings: { ...settings, debugRounds: 2 } };
  const { end, asks } = await evaluate("fail A", { debugger: always(fenced("fail B")) }, state);
  expect(end.scored).toBeNull();
  expect(asks).toHaveLength(2);
  expect(asks[1]?.input).toMatchObject({ fixes: [{ script: "fail A" }] });
});

test("a scored script without a valid submission stays scored when its correction fails", async () => {
  const scripted = scriptedModel({ debugger: once(fenced("fail worse")) });
  const fake = fakePorts(scripted.model);
  const { runPython } = fake.ports;
  const withoutSubmission = async (request: Parameters<typeof runPython>[0]) => ({
    ...(await runPython(request)),
    submission: { valid: false, problem: "3 rows are missing" },
  });
  const end = await evaluateGraph({ ...fake.ports, runPython: withoutSubmission }).invoke({
    ...common,
    purpose: "solution",
    candidate: candidate("score 7"),
  });
  expect(scripted.asks[0]?.input).toMatchObject({ problem: "3 rows are missing" });
  expect(end.scored).toMatchObject({ script: "score 7", score: 7 });
});

test("an answer that nothing leaks still has the script run and scored", async () => {
  const clean = { leaks: false, explanation: "fine", block: "", correction: "" };
  const { end } = await evaluate("score 3", { "leakage-checker": once(clean) }, checking);
  expect(end.scored?.score).toBe(3);
});

test("an unusable answer of the leakage checker does not stop the evaluation", async () => {
  const failure = new AgentOutputError("leakage-checker", "no JSON");
  const { end } = await evaluate("score 3", { "leakage-checker": once(failure) }, checking);
  expect(end.scored?.score).toBe(3);
});

test("a leaking block is corrected before the script runs", async () => {
  const leak = { leaks: true, explanation: "fits on test", block: "leak()", correction: "clean()" };
  const { runs, events } = await evaluate(
    "leak()\nscore 3",
    { "leakage-checker": once(leak) },
    checking,
  );
  expect(runs.map(({ script }) => script)).toEqual(["clean()\nscore 3"]);
  expect(events).toContainEqual(expect.objectContaining({ type: "leakage", fixed: true }));
});

test.each(["", "absent()", "twice()"])(
  "a leak whose block %j cannot be replaced goes to the debugger; the leaking script never runs",
  async (block) => {
    const leak = { leaks: true, explanation: "fits on test", block, correction: "clean()" };
    const { runs, asks } = await evaluate(
      "twice()\ntwice()\nscore 3",
      { "leakage-checker": once(leak), debugger: once(fenced("score 6")) },
      checking,
    );
    expect(asks[1]?.input).toMatchObject({ problem: expect.stringContaining("fits on test") });
    expect(runs.map(({ script }) => script)).toEqual(["score 6"]);
  },
);

test("an ablation has no score and no submission to miss", async () => {
  const { model } = scriptedModel({});
  const fake = fakePorts(model);
  const end = await evaluateGraph(fake.ports).invoke({
    ...checking,
    purpose: "ablation",
    candidate: candidate("Ablation[baseline]: 1"),
  });
  expect(end).toMatchObject({ problem: null, scored: null });
  expect(fake.promoted).toEqual([]);
});

test("a script that a cap kept from running is data: no run, no debugger, and noted as left out", async () => {
  const runPython: Ports["runPython"] = async ({ id }) => {
    throw new OverBudgetError(`${id} was not run: Script runs: 3 of 3 are spent`);
  };
  const scripted = scriptedModel({});
  const { ports, events } = fakePorts(scripted.model, { runPython });
  const fresh = { title: "a", script: "score 1", purpose: "solution" as const };
  const outcome = await evaluateWith(evaluateGraph(ports))(common, fresh, {});
  expect(outcome).toMatchObject({ refused: true, candidate: { run: null, score: null } });
  expect(outcome.problem).toMatch(/3 of 3/);
  expect(events).toMatchObject([{ type: "left-out", at: common.at, step: "script" }]);
  expect(scripted.agents()).toEqual([]);
});
