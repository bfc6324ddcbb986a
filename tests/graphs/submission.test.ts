import { expect, test } from "vitest";
import { evaluationOf } from "../../graphs/evaluation.ts";
import type { Ports } from "../../graphs/ports.ts";
import { submissionGraph } from "../../graphs/submission.ts";
import { OverBudgetError } from "../../src/core/errors.ts";
import type { RunPython } from "../../src/core/ports.ts";
import { ofType } from "../../src/record/event.ts";
import { fakePorts, fakeRun, given, task } from "../support/fake-ports.ts";
import { always, fenced, scriptedModel } from "../support/scripted-model.ts";

const FIRST = "track-1/model-1";
const SECOND = "track-2/model-1";
const SCRIPTS: Readonly<Record<string, string>> = { [FIRST]: "score 3", [SECOND]: "score 4" };

/** Submits the best of the given scripts with the submitter's script; fakes may be told to behave otherwise. */
async function submit(
  fakes: Parameters<typeof fakePorts>[1] = {},
  { draft = "score 3 # all rows", scripts = SCRIPTS, run = {} } = {},
) {
  const scripted = scriptedModel({
    submitter: always(fenced(draft)),
    debugger: always(fenced("fail again")),
  });
  const fake = fakePorts(scripted.model, fakes);
  const candidates = Object.entries(scripts).map(([id, script]) =>
    given(fake.journal, id, script, { run }),
  );
  const graph = submissionGraph(fake.ports, evaluationOf(fake.ports));
  const { solution } = await graph.invoke({ at: "submission", candidates });
  const made = ofType(fake.events, "submission");
  const tried = made.map(({ at, kept }) => `${at} ${kept}`);
  return { solution, made, tried, handedOut: fake.ledger.handedOut, ...fake };
}

/** Submissions at places that begin with one of these fail. */
const failing =
  (...places: string[]): RunPython =>
  async (request) =>
    fakeRun(
      places.some((place) => request.id.startsWith(place))
        ? { ...request, script: "fail" }
        : request,
    );

test("the best finalist's script for all rows is handed out, with the score it was chosen by", async () => {
  const { solution, handedOut, runs } = await submit({}, { draft: "score 9 # all rows" });
  expect(solution).toBe(FIRST);
  expect(handedOut).toMatchObject({
    ...{ id: "submission/finalist-1", script: "score 9 # all rows", score: 3 },
  });
  expect(runs.map(({ purpose }) => purpose)).toEqual(["submission"]);
});

test("a script for all rows that fails gives way to the finalist's own", async () => {
  const { handedOut, tried } = await submit({}, { draft: "fail" });
  expect(handedOut).toMatchObject({ script: "score 3", score: 3 });
  expect(tried).toEqual(["submission/finalist-1 false", "submission/finalist-1/own true"]);
});

test("a finalist that cannot be submitted at all gives way to the next best", async () => {
  const { solution, handedOut } = await submit({ runPython: failing("submission/finalist-1") });
  expect(solution).toBe(SECOND);
  expect(handedOut).toMatchObject({ id: "submission/finalist-2", score: 4 });
});

test.each([
  {
    what: "are not those of the finalist are refused, and its own script is run instead",
    agreement: async (_, other) => (other === "submission/finalist-1" ? 0.2 : 0.9),
    tried: ["submission/finalist-1 false", "submission/finalist-1/own true"],
  },
  {
    what: "hardly agree stand where even good solutions hardly do",
    agreement: async (_, other) => (other.startsWith("submission") ? 0.2 : 0.3),
    tried: ["submission/finalist-1 true"],
  },
] satisfies { what: string; agreement: Ports["agreement"]; tried: string[] }[])(
  "predictions that $what",
  async ({ agreement, tried }) => {
    const end = await submit({ agreement });
    expect(end.tried).toEqual(tried);
    if (tried.length > 1) expect(end.made[0]?.reason).toMatch(/0\.20/);
  },
);

test("where the finalist left no submission of its own there is nothing to drift from", async () => {
  const agreement = () => Promise.reject(new Error("nothing to compare"));
  const { handedOut } = await submit({ agreement }, { run: { submission: null } });
  expect(handedOut?.score).toBe(3);
});

test("a script that already ran on all rows is its own submission and does not run again", async () => {
  const train = { path: "train.csv", delimiter: ",", rows: 50, complete: true, columns: [] };
  const { runs, handedOut } = await submit({ draft: { ...task, train } }, { draft: "score 3" });
  expect(runs).toEqual([]);
  expect(handedOut).toMatchObject({ runId: FIRST, score: 3 });
});

test("a run with nothing to submit ends with a plain baseline, under its own score", async () => {
  const { solution, handedOut, made } = await submit(
    { baseline: () => "score 9" },
    { scripts: {} },
  );
  expect(solution).toBeNull();
  expect(handedOut).toMatchObject({ id: "submission/baseline", score: 9 });
  expect(made[0]?.reason).toContain("plain baseline");
});

test("where a solution of the search stands, no baseline takes its place", async () => {
  const { solution, handedOut, runs } = await submit({
    runPython: failing("submission/finalist"),
    baseline: () => "score 9",
  });
  expect(solution).toBeNull();
  expect(runs.map(({ id }) => id)).not.toContain("submission/baseline");
  expect(handedOut?.id).toBe(FIRST);
});

test("without room for a submission the best solution so far stands, and nobody else is tried", async () => {
  const runPython: RunPython = () => Promise.reject(new OverBudgetError("no time is left"));
  const { handedOut, made } = await submit({ runPython, baseline: () => "score 9" });
  expect(made).toEqual([]);
  expect(handedOut?.id).toBe(FIRST);
});

test("a task without a baseline ends without a solution", async () => {
  expect((await submit({}, { scripts: {} })).handedOut).toBeNull();
});
