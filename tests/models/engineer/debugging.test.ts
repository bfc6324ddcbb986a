import { expect, test } from "vitest";
import { factsOf } from "../../../src/models/engineer/recipe/facts.ts";
import { part } from "../../../src/models/engineer/recipe/recipe.ts";
import {
  initialRecipe,
  recipeOf,
  renderScript,
} from "../../../src/models/engineer/script/script.ts";
import { code, described, solution } from "./engineer.ts";
import { tinyHouses } from "./tiny-task.ts";

const { folder: _, ...common } = await tinyHouses();
const facts = factsOf(common);
const models = [part("lightgbm", { trees: 300 }), part("linear")];
const script = renderScript(facts, {
  ...initialRecipe(facts, models),
  Geography: [part("rotations"), part("neighbours")],
});
const debug = (problem: string, fixes: { problem: string; script: string }[] = []) =>
  code("debugger", common, { candidate: solution(script), problem, fixes });
const lineOf = (text: string) => script.split("\n").findIndex((line) => line.includes(text)) + 1;

test("a model whose package is missing is left out", async () => {
  const fixed = recipeOf(
    await debug("the script failed\nModuleNotFoundError: No module named 'lightgbm'"),
  );
  expect(fixed["Model"]).toEqual([part("linear")]);
});

test("the ingredient in which the traceback ends is left out, and nothing else", async () => {
  const problem = `the script failed
  File "/run/solution.py", line ${lineOf("def predict(")}, in predict
  File "/run/solution.py", line ${lineOf("def neighbours") + 3}, in neighbours
ValueError: something`;
  const fixed = recipeOf(await debug(problem));
  expect(fixed).toEqual({ ...recipeOf(script), Geography: [part("rotations")] });
});

test("a script that is too slow or too large keeps its features and gets lighter step by step", async () => {
  const problem = "the script was stopped at its time limit after 60.0 s (exit code none)";
  const fixes: { problem: string; script: string }[] = [];
  for (let round = 0; round < 3; round += 1)
    fixes.push({ problem, script: await debug(problem, fixes) });
  const [first, second, third] = fixes.map((fix) => recipeOf(fix.script));
  expect(first?.["Model"]).toEqual([part("lightgbm", { trees: 300 })]);
  expect(second?.["Model"]).toEqual([part("lightgbm", { trees: 150 })]);
  expect(third?.["Model"]).toEqual([part("lightgbm", { trees: 75 })]);
});

test("a foreign script that fails is replaced by the simplest one of its own hand", async () => {
  const fixed = await code("debugger", common, {
    candidate: solution("import pandas\nraise SystemExit(1)"),
    problem: "the script failed",
    fixes: [],
  });
  expect(recipeOf(fixed)["Model"]?.[0]?.name).toBe("linear");
});

test("no correction is proposed twice", async () => {
  const problem = 'File "/run/solution.py", line 3, in <module>\nOSError: no such file';
  const first = await debug(problem);
  const second = await debug(problem, [{ problem, script: first }]);
  expect(second).not.toBe(first);
});

test("a failing ablation is not mended", async () => {
  const ablation = await code("ablator", common, { base: solution(script), summaries: [] });
  const asked = code("debugger", common, {
    candidate: solution(ablation),
    problem: "the script was stopped at its time limit",
    fixes: [],
  });
  await expect(asked).rejects.toThrow(/mends no ablation/);
});

test("descriptions by title and by name give the same script", async () => {
  const [byTitle, byName] = [
    await code("initializer", common, { description: described("Small neural network") }),
    await code("initializer", common, { description: described("neural-network") }),
  ];
  expect(byTitle).toBe(byName);
});
