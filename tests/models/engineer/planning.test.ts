import { describe, expect, test } from "vitest";
import { locateBlock, swapBlock } from "../../../src/core/python-block.ts";
import type { TriedPlan } from "../../../src/core/tried-plan.ts";
import { printParts } from "../../../src/models/engineer/recipe/recipe.ts";
import { cellsOf, recipeOf } from "../../../src/models/engineer/script/script.ts";
import { code, data, described, prose, solution } from "./engineer.ts";
import { noise, tinyView } from "./tiny-task.ts";

const { folder: _, ...common } = await tinyView({
  metric: "rmse",
  features: (row) => ({
    size: noise(row),
    town: row % 3 === 0 ? "north" : "south",
    latitude: 40 + noise(row, 1),
    longitude: noise(row, 2),
  }),
  targets: (row) => ({ price: Math.round(100 * noise(row)) / 10 }),
});
const script = await code("initializer", common, { description: described("LightGBM") });
const base = { ...solution(script), score: 10 };
const attempt = (plan: string, gain: number | null): TriedPlan => ({
  plan,
  score: gain === null ? null : 10 - gain,
  gain,
  seconds: 3,
  problem: gain === null ? "it failed" : null,
});

describe.each(["Model", "Geography", "Categories", "Target transform"])(
  "planning for %s",
  (name) => {
    const block = cellsOf(script).find((cell) => cell.name === name)?.text ?? "";

    test("no plan and no code is ever proposed twice, whatever became of the plans before", async () => {
      const attempts: TriedPlan[] = [];
      const blocks = new Set([block]);
      for (let round = 0; round < 8; round += 1) {
        const plan = await prose("planner", common, { base, block, attempts }).catch(() => null);
        if (plan === null) break;
        const rewritten = await code("coder", common, { base, block, plan });
        expect(blocks).not.toContain(rewritten);
        expect(rewritten.startsWith(`# %% ${name}: `)).toBe(true);
        blocks.add(rewritten);
        attempts.push(attempt(plan, [0.5, null, -0.2, 0.1][round % 4] ?? null));
      }
      expect(attempts.length).toBeGreaterThan(0);
    });
  },
);

test("two changes that helped are combined", async () => {
  const block = cellsOf(script).find((cell) => cell.name === "Geography")?.text ?? "";
  const plans = [
    "Averages nearby. (recipe: rotations, clusters, neighbours)",
    "Looks around. (recipe: rotations, clusters, surroundings)",
  ];
  const plan = await prose("planner", common, {
    base,
    block,
    attempts: plans.map((text) => attempt(text, 1)),
  });
  expect(plan).toContain("(recipe: rotations, clusters, neighbours, surroundings)");
});

test("the extractor names a block that stands in the script once, and another one each time", async () => {
  const earlierBlocks: string[] = [];
  const names = new Set<string>();
  for (let step = 0; step < 4; step += 1) {
    const answer = await data.extractor(common, {
      base,
      summary: 'Without "Geography" the rmse worsens by 40.0 % (14).',
      earlierBlocks,
      complaint: null,
    });
    const block = locateBlock(script, answer.block, null);
    expect(block).not.toBeNull();
    const after = await code("coder", common, { base, block: answer.block, plan: answer.plan });
    const swapped = swapBlock(script, block ?? { text: "", start: 0 }, after);
    expect(swapped).toHaveProperty("script");
    if (step === 0) expect(answer.block).toMatch(/^# %% Geography/);
    names.add(cellsOf(answer.block)[0]?.name ?? "");
    earlierBlocks.push(answer.block);
  }
  expect(names.size).toBe(4);
});

test("tracks get different models, and none that a person has already described", async () => {
  const known = [described("CatBoost")];
  const ask = (track: number) => data.retriever(common, { track, known, wanted: 3 });
  const [first, second] = [await ask(1), await ask(2)];
  const names = [...first.models, ...second.models].map(({ name }) => name);
  expect(new Set(names).size).toBe(6);
  expect(names).not.toContain("CatBoost");
});

test("where scripts are joined, a merger keeps the base and averages the reference's model in", async () => {
  const settings = { ...common.settings, method: "paper" as const };
  const reference = solution(
    await code("initializer", common, { description: described("Extremely randomised trees") }),
  );
  const merged = recipeOf(await code("merger", { ...common, settings }, { base, reference }));
  const before = recipeOf(script);
  expect(merged["Model"]?.map(({ name }) => name)).toEqual(["lightgbm", "extra-trees"]);
  expect({ ...merged, Model: [] }).toEqual({ ...before, Model: [] });
});

test("where predictions are blended nothing is trained twice: each track and step fits new models", async () => {
  await expect(code("merger", common, { base, reference: base })).rejects.toThrow(/blended/);
  const settings = { ...common.settings, models: 2, innerSteps: 2 };
  const fitted: string[] = [];
  for (const track of [1, 2]) {
    const asked = { ...common, settings, at: `track-${track}/refine-1` };
    const initial = await data.retriever(asked, { track, known: [], wanted: 2 });
    for (const description of initial.models)
      fitted.push(...modelsOf(await code("initializer", asked, { description })));
    const earlierBlocks: string[] = [];
    for (let step = 0; step < 8; step += 1) {
      const about = { base, summary: "", earlierBlocks, complaint: null };
      const { block, plan } = await data.extractor(asked, about);
      earlierBlocks.push(block);
      if (!block.startsWith("# %% Model")) continue;
      const attempts = [attempt(plan, 0.1)];
      const next = await prose("planner", asked, { base, block, attempts }).catch(() => null);
      for (const each of next === null ? [plan] : [plan, next])
        fitted.push(...modelsOf(await code("coder", asked, { base, block, plan: each })));
    }
  }
  expect(fitted.length).toBeGreaterThan(12);
  expect(new Set(fitted).size).toBe(fitted.length);
});

const modelsOf = (script: string) =>
  (recipeOf(script)["Model"] ?? []).map((each) => printParts([each]));
