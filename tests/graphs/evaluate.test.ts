import { expect, test } from "vitest";
import { evaluationOf, type Fresh } from "../../graphs/evaluation.ts";
import { AgentOutputError, OverBudgetError } from "../../src/core/errors.ts";
import { place } from "../../src/core/place.ts";
import type { RunPython } from "../../src/core/ports.ts";
import { fakePorts, fakeRun, settings } from "../support/fake-ports.ts";
import { always, fenced, once, scriptedModel } from "../support/scripted-model.ts";

const checking = { leakageCheck: true };

async function evaluate(
  script: string,
  answers: Parameters<typeof scriptedModel>[0] = {},
  changes: Partial<typeof settings> = {},
  {
    runPython = async (request) => fakeRun(request),
    ...more
  }: Partial<Fresh> & {
    runPython?: RunPython;
  } = {},
) {
  const scripted = scriptedModel(answers);
  const fake = fakePorts(scripted.model, { settings: { ...settings, ...changes }, runPython });
  const fresh = { at: place.track(1).model(1), purpose: "solution" as const, title: "a", script };
  const outcome = await evaluationOf(fake.ports).evaluate({ ...fresh, ...more }, {});
  return { outcome, ...scripted, ...fake };
}

test("a script that prints its score is a candidate from then on, and the best", async () => {
  const { outcome, ledger } = await evaluate("score 5", {}, {}, { parent: "p", plan: "a plan" });
  expect(outcome).toMatchObject({ id: "track-1/model-1", script: "score 5", score: 5 });
  expect(ledger.best).toMatchObject({ id: outcome.id, score: 5, parent: "p", plan: "a plan" });
});

test.each([
  { script: "score nan", problem: "no finite number" },
  { script: "nothing", problem: "no finite number" },
  { script: "fail ValueError: x", problem: "the script failed" },
])("$script is no score, and the debugger is told why", async ({ script, problem }) => {
  const { outcome, asks, runs } = await evaluate(script, { debugger: once(fenced("score 4")) });
  expect(asks[0]?.input).toMatchObject({ problem: expect.stringContaining(problem) });
  expect(outcome).toMatchObject({ script: "score 4", score: 4 });
  expect(runs.map(({ id }) => id)).toEqual(["track-1/model-1", "track-1/model-1/debug-1"]);
});

test("the debugger is not asked more often than allowed, and sees what was tried before", async () => {
  const answers = { debugger: always(fenced("fail B")) };
  const { outcome, asks, ledger } = await evaluate("fail A", answers, { debugRounds: 2 });
  expect(outcome.score).toBeNull();
  expect(asks).toHaveLength(2);
  expect(asks[1]?.input).toMatchObject({ fixes: [{ script: "fail A" }] });
  expect(ledger.candidate(outcome.id).problem).toMatch(/fail/);
});

test("a scored script without a valid submission stays scored when its correction fails", async () => {
  const submission = { valid: false, problem: "3 rows are missing" };
  const { outcome, asks, ledger } = await evaluate(
    "score 7",
    { debugger: once(fenced("fail worse")) },
    {},
    { runPython: async (request) => ({ ...fakeRun(request), submission }) },
  );
  expect(asks[0]?.input).toMatchObject({ problem: "3 rows are missing" });
  expect(outcome).toMatchObject({ script: "score 7", score: 7, run: { id: "track-1/model-1" } });
  expect(ledger.best).toBeNull();
});

test.each([
  { answer: { leaks: false, explanation: "fine", block: "", correction: "" }, what: "is fine" },
  { answer: new AgentOutputError("leakage-checker", "no JSON"), what: "cannot be used" },
])("an answer of the leakage checker that $what leaves the script as it is", async ({ answer }) => {
  const { outcome } = await evaluate("score 3", { "leakage-checker": once(answer) }, checking);
  expect(outcome.score).toBe(3);
});

test("a leaking block is corrected before the script runs", async () => {
  const leak = { leaks: true, explanation: "fits on test", block: "leak()", correction: "clean()" };
  const { runs, events } = await evaluate(
    "leak()\nscore 3",
    { "leakage-checker": once(leak) },
    checking,
  );
  expect(runs.map(({ script }) => script)).toEqual(["clean()\nscore 3"]);
  expect(events).toContainEqual(
    expect.objectContaining({ type: "leakage", block: "leak()", correction: "clean()" }),
  );
});

test.each(["", "absent()", "twice()"])(
  "a leak whose block %j cannot be replaced goes to the debugger; the leaking script never runs",
  async (block) => {
    const leak = { leaks: true, explanation: "fits on test", block, correction: "clean()" };
    const answers = { "leakage-checker": once(leak), debugger: once(fenced("score 6")) };
    const { runs, asks } = await evaluate("twice()\ntwice()\nscore 3", answers, checking);
    expect(asks[1]?.input).toMatchObject({ problem: expect.stringContaining("fits on test") });
    expect(runs.map(({ script }) => script)).toEqual(["score 6"]);
  },
);

test("an ablation is not checked, has no score and no submission to miss, and is no candidate", async () => {
  const { outcome, ledger } = await evaluate("Ablation[baseline]: 1", {}, checking, {
    purpose: "ablation",
  });
  expect(outcome).toMatchObject({ problem: null, score: null, run: { ok: true } });
  expect(ledger.attempts).toEqual([]);
});

test("the program's own script is neither checked nor mended", async () => {
  const { outcome, agents } = await evaluate("fail", {}, checking, { isOwn: true });
  expect(outcome.problem).toMatch(/failed/);
  expect(agents()).toEqual([]);
});

test("a script that a cap kept from running is data: no run, no debugger, and noted as left out", async () => {
  const { outcome, events, agents, ledger } = await evaluate(
    "score 1",
    {},
    {},
    {
      runPython: async ({ id }) => {
        throw new OverBudgetError(`${id} was not run: Script runs: 3 of 3 are spent`);
      },
    },
  );
  expect(outcome).toMatchObject({ refused: true, run: null, score: null });
  expect(ledger.candidate(outcome.id).problem).toMatch(/3 of 3/);
  expect(events).toContainEqual(
    expect.objectContaining({ type: "left-out", at: outcome.id, step: "script" }),
  );
  expect(agents()).toEqual([]);
});
