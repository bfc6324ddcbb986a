import { expect, test } from "vitest";
import { mleStarGraph } from "../../graphs/mle-star.ts";
import { fakePorts, settings, task } from "../support/fake-ports.ts";
import { always, fenced, once, scriptedModel } from "../support/scripted-model.ts";

const lean = { ...settings, models: 1, outerSteps: 0, tracks: 2, ensembleRounds: 1 };
const model = (name: string) => ({ name, description: "", exampleCode: `${name}()`, sources: [] });

async function run(
  answers: Parameters<typeof scriptedModel>[0],
  changes: Partial<typeof settings> = {},
  fakes: Parameters<typeof fakePorts>[1] = {},
) {
  const scripted = scriptedModel({
    retriever: always({ models: [model("a"), model("b")] }),
    submitter: always(({ input }: { input: { candidate: { script: string } } }) =>
      fenced(`${input.candidate.script} # all rows`),
    ),
    ...answers,
  });
  const fake = fakePorts(scripted.model, { ...fakes, settings: { ...lean, ...changes } });
  const end = await mleStarGraph(fake.ports).invoke({ folder: "toy" });
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
    "submission submission/finalist-1",
  ]);
  expect(end.solution).toBe("ensemble/round-1");
  expect(finished).toMatchObject([{ score: 3, script: "score 3 # all rows" }]);
});

test("an ensemble that is worse than a single solution loses to it", async () => {
  const { finished } = await run({
    initializer: once(fenced("score 5"), fenced("score 4")),
    ensembler: once(fenced("score 9")),
  });
  expect(finished).toMatchObject([{ score: 4 }]);
});

test("a track without a solution does not end the run", async () => {
  const { finished, agents } = await run({
    initializer: once(fenced("fail"), fenced("score 4")),
    debugger: always(fenced("fail")),
  });
  expect(finished).toMatchObject([{ score: 4 }]);
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

test("when a leak takes the best, the run ends with the next that counts", async () => {
  const leak = { leaks: true, explanation: "x", block: "leak()", correction: "fail" };
  const fine = { leaks: false, explanation: "", block: "", correction: "" };
  const { finished, ledger } = await run(
    {
      initializer: once(fenced("leak()\nscore 1"), fenced("score 4")),
      merger: once(fenced("score 6")),
      "leakage-checker": once(fine, fine, fine, leak, fine),
      ablator: always(fenced("Ablation[baseline]: 1")),
      summarizer: always("nothing"),
      extractor: once({ block: "score 1", firstLine: null, lastLine: null, plan: "better" }),
      coder: once(fenced("score 0")),
      debugger: always(fenced("fail")),
    },
    { models: 2, tracks: 1, outerSteps: 1, innerSteps: 1, leakageCheck: true },
  );
  expect(ledger.candidate("track-1/model-1")).toMatchObject({ score: null, earned: 1 });
  expect(finished).toMatchObject([{ score: 4, script: "score 4 # all rows" }]);
});

test("what the task does not say is asked once, and what it says is not overruled", async () => {
  const answer = { metric: "a metric of theirs", direction: "minimize", modality: "other" };
  const { agents, ledger, finished } = await run(
    {
      "task-analyst": once(answer),
      initializer: once(fenced("score 5"), fenced("score 4")),
      ensembler: once(fenced("score 1")),
    },
    {},
    { draft: { ...task, metric: null, direction: "maximize" } },
  );
  expect(agents().filter((agent) => agent === "task-analyst")).toHaveLength(1);
  expect(ledger.task).toMatchObject({
    ...{ metric: "a metric of theirs", direction: "maximize", modality: "tabular" },
  });
  expect(finished).toMatchObject([{ score: 5 }]);
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
