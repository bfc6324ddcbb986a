import { expect, test } from "vitest";
import { ablationEffects } from "../../../src/core/score.ts";
import { factsOf } from "../../../src/models/engineer/recipe/facts.ts";
import { part } from "../../../src/models/engineer/recipe/recipe.ts";
import { initialRecipe, renderScript } from "../../../src/models/engineer/script/script.ts";
import { NO_SCIENCE_PYTHON } from "../../support/science-python.ts";
import { code, prose, solution } from "./engineer.ts";
import { canRun, PATIENCE_MS, runScript } from "./run-script.ts";
import { noise, tinyView } from "./tiny-task.ts";

const { folder, ...common } = await tinyView({
  metric: "rmse",
  features: (row) => ({ size: noise(row), town: `town ${row % 4}`, tall: row % 2 }),
  targets: (row) => ({ price: 10 * (row % 4) + noise(row) }),
});
const facts = factsOf(common);
const models = [part("linear"), part("nearest-neighbours")];
const base = solution(renderScript(facts, initialRecipe(facts, models)));

test.runIf(canRun)(
  `parts that matter show, parts that do not stay quiet [else: ${NO_SCIENCE_PYTHON}]`,
  { timeout: PATIENCE_MS },
  async () => {
    const script = await code("ablator", common, { base, summaries: [] });
    const { stdout, score } = await runScript(script, folder);
    const { baseline, effects } = ablationEffects(stdout);
    expect(score).toBeNull();
    expect(effects.map(({ part: name }) => name)).toEqual(["Model", "Categories"]);
    expect(effects[1]?.score).toBeGreaterThan(2 * (baseline ?? Infinity));
  },
);

test("what was studied before is studied last", async () => {
  const summary = 'Without "Model" the rmse stays (3). Without "Categories" the rmse stays (3).';
  const header = /^# %% Ablation: (.*)$/m;
  const larger = {
    ...base,
    script: renderScript(facts, {
      ...initialRecipe(facts, models),
      "Target transform": [part("log1p")],
    }),
  };
  const script = await code("ablator", common, { base: larger, summaries: [summary] });
  expect(header.exec(script)?.[1]).toMatch(/^Target transform/);
});

test("the summary puts each effect into words, the greatest first", async () => {
  const ablation = {
    script: "",
    ok: true,
    stdout: "Ablation[baseline]: 10\nAblation[Model]: 10.1\nAblation[Categories]: 15\n",
    stderr: "",
  };
  expect(await prose("summarizer", common, { base, ablation })).toBe(
    'As it is, the solution reaches 10 on the folds used here. Without "Categories" the rmse worsens by 50.0 % (15). Without "Model" the rmse worsens by 1.0 % (10.1).',
  );
});

test("an ablation without measurements is summarised as such", async () => {
  const ablation = { script: "", ok: false, stdout: "", stderr: "MemoryError" };
  expect(await prose("summarizer", common, { base, ablation })).toMatch(/no measurements/);
});
