import { expect, test } from "vitest";
import { submissionGraph } from "../../graphs/submission.ts";
import type { Ports } from "../../src/core/ports.ts";
import { candidateOf, common, fakePorts, fakeRun } from "../support/fake-ports.ts";
import { always, fenced, scriptedModel } from "../support/scripted-model.ts";

const first = candidateOf("track-1/model-1", 3);
const second = candidateOf("track-2/model-1", 4);

/** Submits the two finalists with the submitter's script; fakes may be told to behave otherwise. */
async function submit(
  overrides: (fake: ReturnType<typeof fakePorts>) => Partial<Ports> = () => ({}),
  { draft = "score 3 # all rows", finalists = [first, second] } = {},
) {
  const scripted = scriptedModel({
    submitter: always(fenced(draft)),
    debugger: always(fenced("fail again")),
  });
  const fake = fakePorts(scripted.model);
  const ports = { ...fake.ports, ...overrides(fake) };
  const end = await submissionGraph(ports).invoke({ ...common, at: "submission", finalists });
  const decisions = fake.events.flatMap((event) =>
    event.type === "decision" ? [{ at: event.at, kept: event.kept, reason: event.reason }] : [],
  );
  return { solution: end.solution, decisions, ...fake };
}

/** Submissions whose attempt folders begin with one of these fail. */
const failing =
  (...places: string[]) =>
  ({ runs }: ReturnType<typeof fakePorts>): Partial<Ports> => ({
    runPython: async (request) => {
      runs.push(request);
      const fails = places.some((place) => request.id.startsWith(place));
      return fakeRun(fails ? { ...request, script: "fail" } : request);
    },
  });

test("the best finalist's script for all rows becomes the solution, with the score it was chosen by", async () => {
  const { solution, promoted, runs } = await submit();
  expect(solution).toMatchObject({ id: "submission/track-1/model-1", score: 3 });
  expect(promoted.map(({ script }) => script)).toEqual(["score 3 # all rows"]);
  expect(runs.map(({ purpose }) => purpose)).toEqual(["submission"]);
});

test("a script for all rows that fails gives way to the finalist's own", async () => {
  const { solution, decisions } = await submit(() => ({}), { draft: "fail" });
  expect(solution).toMatchObject({ script: first.script, score: 3 });
  expect(decisions).toMatchObject([
    { at: "submission/track-1/model-1", kept: false },
    { at: "submission/track-1/model-1/own", kept: true },
  ]);
});

test("a finalist that cannot be submitted at all gives way to the next best", async () => {
  const { solution } = await submit(failing("submission/track-1"));
  expect(solution).toMatchObject({ id: "submission/track-2/model-1", score: 4 });
});

test("predictions that are not those of the finalist are refused, and its own script is run instead", async () => {
  const agreement: Ports["agreement"] = async (_, other) =>
    other === "submission/track-1/model-1" ? 0.2 : 0.9;
  const { solution, decisions } = await submit(() => ({ agreement }));
  expect(solution).toMatchObject({ id: "submission/track-1/model-1/own", script: first.script });
  expect(decisions[0]).toMatchObject({ kept: false, reason: expect.stringMatching(/0\.20/) });
});

test("on a noisy task, where even good solutions hardly agree, little agreement is no drift", async () => {
  const agreement: Ports["agreement"] = async (_, other) =>
    other.startsWith("submission") ? 0.2 : 0.3;
  const { solution } = await submit(() => ({ agreement }));
  expect(solution).toMatchObject({ id: "submission/track-1/model-1" });
});

test("where the finalist left no submission of its own there is nothing to drift from", async () => {
  const { run } = first;
  const unsubmitted = { ...first, run: run && { ...run, submission: null } };
  const asked: string[] = [];
  const agreement: Ports["agreement"] = async (one) => {
    asked.push(one);
    return 0;
  };
  const { solution } = await submit(() => ({ agreement }), { finalists: [unsubmitted] });
  expect(solution?.score).toBe(3);
  expect(asked).toEqual([]);
});

test("a run with nothing to submit ends with a plain baseline, under its own score", async () => {
  const { solution, promoted, decisions } = await submit(() => ({ baseline: () => "score 9" }), {
    finalists: [],
  });
  expect(solution).toMatchObject({ id: "submission/baseline", score: 9 });
  expect(promoted).toHaveLength(1);
  expect(decisions[0]?.reason).toContain("plain baseline");
});

test("where a solution of the search stands, no baseline takes its place", async () => {
  const { solution, runs, promoted } = await submit((fake) => {
    fake.promoted.push(second);
    return { ...failing("submission/track")(fake), baseline: () => "score 9" };
  });
  expect(solution).toBeNull();
  expect(runs.map(({ id }) => id)).not.toContain("submission/baseline");
  expect(promoted).toEqual([second]);
});

test("a task without a baseline ends without a solution", async () => {
  expect((await submit(undefined, { finalists: [] })).solution).toBeNull();
});
