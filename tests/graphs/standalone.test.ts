import { expect, test } from "vitest";
import { ensembleAlone, initialSolutionAlone, refinementAlone } from "../../graphs/standalone.ts";
import { fakePorts, settings } from "../support/fake-ports.ts";
import { always, fenced, once, scriptedModel } from "../support/scripted-model.ts";

const small = { models: 2, outerSteps: 1, innerSteps: 1, ensembleRounds: 1 };
const alone = (answers: Parameters<typeof scriptedModel>[0]) => {
  const scripted = scriptedModel(answers);
  return { ...scripted, ...fakePorts(scripted.model, { settings: { ...settings, ...small } }) };
};

test("a person's model and those found are tried, and the best is the solution", async () => {
  const model = (name: string) => ({ name, description: "", exampleCode: "f()", sources: [] });
  const { ports, ledger, finished } = alone({
    retriever: once({ models: [model("found")] }),
    initializer: once(fenced("score 5"), fenced("score 4")),
    merger: once(fenced("score 6")),
  });
  const end = await initialSolutionAlone(ports).invoke({ folder: "toy", models: [model("mine")] });
  expect(ledger.candidate(end.solution ?? "").score).toBe(4);
  expect(ledger.attempts.map(({ title }) => title)).toEqual(["mine", "found", "found + mine"]);
  expect(finished).toMatchObject([{ score: 4 }]);
});

test("a given script is evaluated and refined, each at its place and in its stage", async () => {
  const { ports, ledger, finished } = alone({
    ablator: always(fenced("Ablation[baseline]: 5")),
    summarizer: always("nothing"),
    extractor: always({ block: "score 5", firstLine: null, lastLine: null, plan: "better" }),
    coder: always(fenced("score 4")),
  });
  const end = await refinementAlone(ports).invoke({ folder: "toy", script: "score 5" });
  expect(end.solution).toBe("given-1/refine-1/attempt-1");
  expect(ledger.attempts.map(({ id, stage, parent }) => ({ id, stage, parent }))).toEqual([
    { id: "given-1", stage: "initial solutions", parent: null },
    { id: "given-1/refine-1/attempt-1", stage: "refinement", parent: "given-1" },
  ]);
  expect(finished).toMatchObject([{ score: 4 }]);
});

test("a given script that has no score is not refined", async () => {
  const { ports, agents, finished } = alone({ debugger: always(fenced("fail")) });
  const end = await refinementAlone(ports).invoke({ folder: "toy", script: "fail" });
  expect(end.solution).toBeNull();
  expect(agents()).toEqual(["debugger"]);
  expect(finished).toEqual([null]);
});

test("given scripts are combined, and the best of them all is the solution", async () => {
  const { ports, ledger } = alone({ ensembler: once(fenced("score 6")) });
  const scripts = ["score 5", "score 4"];
  const end = await ensembleAlone(ports).invoke({ folder: "toy", scripts });
  expect(end.solution).toBe("given-2");
  expect(ledger.candidate("ensemble/round-1").members).toEqual(["given-2", "given-1"]);
});
