import { expect, test } from "vitest";
import { mleStarGraph } from "../../graphs/mle-star.ts";
import type { Ports } from "../../src/core/ports.ts";
import { contextOf } from "../../src/core/run-context.ts";
import { fakePorts, settings, task, workbench } from "../support/fake-ports.ts";
import { always, fenced, once, scriptedModel } from "../support/scripted-model.ts";

const lean = {
  ...settings,
  models: 1,
  outerSteps: 0,
  tracks: 2,
  ensembleRounds: 1,
  maxTrainRows: 100,
};
const found = { models: [{ name: "a", description: "", exampleCode: "a()", sources: [] }] };

async function run(
  answers: Parameters<typeof scriptedModel>[0],
  overrides: Partial<Ports> = {},
  changes = {},
) {
  const scripted = scriptedModel({
    retriever: always(found),
    submitter: always(({ input }: { input: { candidate: { script: string } } }) =>
      fenced(`${input.candidate.script} # all rows`),
    ),
    ...answers,
  });
  const fake = fakePorts(scripted.model, overrides);
  const end = await mleStarGraph(fake.ports).invoke(
    { folder: "toy" },
    { context: contextOf({ ...lean, ...changes }) },
  );
  return { end, ...scripted, ...fake };
}

test("two tracks, their ensemble, and the submission of the best of all", async () => {
  const { end, runs, finished } = await run({
    initializer: once(fenced("score 5"), fenced("score 4")),
    ensembler: once(fenced("score 3")),
  });
  expect(runs.map(({ purpose, id }) => `${purpose} ${id}`).toSorted()).toEqual([
    "solution ensemble/round-1",
    "solution track-1/model-1",
    "solution track-2/model-1",
    "submission submission/ensemble/round-1",
  ]);
  expect(end.solution).toMatchObject({ score: 3, script: "score 3 # all rows" });
  expect(finished.map((solution) => solution?.score)).toEqual([3]);
});

test("an ensemble that is worse than a single solution loses to it", async () => {
  const { end } = await run({
    initializer: once(fenced("score 5"), fenced("score 4")),
    ensembler: once(fenced("score 9")),
  });
  expect(end.solution?.score).toBe(4);
});

test("a track without a solution does not end the run", async () => {
  const { end, agents } = await run({
    initializer: once(fenced("fail"), fenced("score 4")),
    debugger: always(fenced("fail")),
  });
  expect(end.solution?.score).toBe(4);
  expect(agents()).not.toContain("ensembler");
});

test("without any solution the run ends and says so", async () => {
  const { end, finished } = await run({
    initializer: always(fenced("fail")),
    debugger: always(fenced("fail")),
  });
  expect(end.solution).toBeNull();
  expect(finished).toEqual([null]);
});

test("a script that already ran on all rows is its own submission and does not run again", async () => {
  const small = { path: "train.csv", delimiter: ",", rows: 50, complete: true, columns: [] };
  const { runs } = await run(
    {
      initializer: once(fenced("score 5")),
      submitter: always(({ input }: { input: { candidate: { script: string } } }) =>
        fenced(input.candidate.script),
      ),
    },
    { prepare: async () => ({ draft: { ...task, train: small }, workbench }) },
    { tracks: 1 },
  );
  expect(runs.map(({ purpose }) => purpose)).toEqual(["solution"]);
});

test("what the task does not say is asked once, and what it says is not overruled", async () => {
  const draft = { ...task, metric: null, direction: "maximize" as const };
  const { asks, end } = await run(
    {
      "task-analyst": once({
        metric: "accuracy",
        direction: "minimize",
        modality: "other",
        targets: [],
        idColumns: [],
      }),
      initializer: once(fenced("score 5"), fenced("score 4")),
      ensembler: once(fenced("score 1")),
    },
    { prepare: async () => ({ draft, workbench }) },
  );
  expect(asks.filter(({ agent }) => agent === "task-analyst")).toHaveLength(1);
  expect(end.task).toMatchObject({
    metric: "accuracy",
    direction: "maximize",
    modality: "tabular",
  });
  expect(end.solution?.score).toBe(5);
});

test("a second run in the same process starts clean", async () => {
  const answers = () => ({
    initializer: once(fenced("score 5"), fenced("score 4")),
    ensembler: once(fenced("score 3")),
  });
  const first = await run(answers());
  const second = await run(answers());
  expect(second.end.solutions).toHaveLength(2);
  expect(second.agents()).toEqual(first.agents());
});
