import { describe, expect, test } from "vitest";
import { locateBlock, swapBlock } from "../../../src/core/python-block.ts";
import type { NotebookEntry, TriedPlan } from "../../../src/core/tried-plan.ts";
import { drawnModels } from "../../../src/models/engineer/catalogue/drawn-models.ts";
import { factsOf } from "../../../src/models/engineer/recipe/facts.ts";
import { printParts } from "../../../src/models/engineer/recipe/recipe.ts";
import { cellsOf, recipeOf } from "../../../src/models/engineer/script/script.ts";
import { code, data, described, solution } from "./engineer.ts";
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
  blendGain: null,
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
        const plan = await data.plan(common, { base, block, attempts }).catch(() => null);
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
  const plan = await data.plan(common, {
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
  const entries: NotebookEntry[] = [];
  for (const track of [1, 2]) {
    const asked = () => ({
      ...common,
      settings,
      at: `track-${track}/refine-1`,
      ...looked(entries),
    });
    const initial = await data.retriever(asked(), { track, known: [], wanted: 2 });
    for (const description of initial.models)
      fitted.push(...modelsOf(await code("initializer", asked(), { description })));
    const earlierBlocks: string[] = [];
    for (let step = 0; step < 8; step += 1) {
      const about = { base, summary: "", earlierBlocks, complaint: null };
      const { block, plan } = await data.extractor(asked(), about);
      earlierBlocks.push(block);
      if (!block.startsWith("# %% Model")) continue;
      entries.push(entry(plan));
      const attempts = [attempt(plan, 0.1)];
      const next = await data.plan(asked(), { base, block, attempts });
      entries.push(entry(next));
      for (const each of [plan, next])
        fitted.push(...modelsOf(await code("coder", asked(), { base, block, plan: each })));
    }
  }
  expect(fitted.length).toBeGreaterThan(12);
  expect(new Set(fitted).size).toBe(fitted.length);
});

test("laps never run out of plans, and none is made twice, whichever track asks", async () => {
  const entries: NotebookEntry[] = [];
  const scripts = new Set<string>();
  for (let lap = 1; entries.length < 100; lap += 1) {
    // Both tracks ask before either knows of the other's answer.
    const told = looked([...entries]);
    for (const track of [1, 2]) {
      const asked = { ...common, ...told, at: `track-${track}/lap-${lap}/refine-1` };
      const about = { base, summary: "", earlierBlocks: [], complaint: null };
      const { block, plan } = await data.extractor(asked, about);
      entries.push(entry(plan));
      scripts.add(await code("coder", asked, { base, block, plan }));
      if (!block.startsWith("# %% Model")) continue;
      const now = { ...asked, ...looked([...told.notebook.entries, entry(plan)]) };
      const next = await data.plan(now, { base, block, attempts: [attempt(plan, null)] });
      entries.push(entry(next));
      scripts.add(await code("coder", asked, { base, block, plan: next }));
    }
  }
  expect(new Set(entries.map(({ idea }) => idea)).size).toBe(entries.length);
  expect(scripts.size).toBe(entries.length);
});

test("a family whose script took too long is not drawn again, and one that brings most is drawn more often", () => {
  const drawn: string[] = [];
  const entries: NotebookEntry[] = [];
  for (let at = 0; at < 40; at += 1) {
    const facts = factsOf({ ...common, ...looked(entries) });
    const [model] = drawnModels(facts, 1);
    if (model === undefined) break;
    drawn.push(model.name);
    const isSlow = model.name === "catboost";
    const problem = isSlow ? "the script was stopped at its time limit after 60 s" : null;
    const blendGain = model.name === "linear" ? 0.1 : 0;
    entries.push({ ...entry(`Fit. (recipe: ${printParts([model])})`), problem, blendGain });
  }
  const times = (name: string) => drawn.filter((each) => each === name).length;
  expect(times("catboost")).toBe(1);
  expect(times("linear")).toBeGreaterThan(times("nearest-neighbours"));
  expect(new Set(drawn).size).toBe(9);
});

test("in laps the retriever offers only what the line-up will not bring by itself", async () => {
  const asked = { ...common, at: "track-1/lap-1", ...looked([]) };
  const settings = { ...common.settings, models: 2 };
  const known = (await data.retriever(asked, { track: 1, known: [], wanted: 4 })).models;
  const again = await data.retriever({ ...asked, settings }, { track: 1, known, wanted: 1 });
  expect(again.models).toEqual([]);
});

const looked = (entries: readonly NotebookEntry[]) => ({
  notebook: {
    entries: [...entries],
    studies: [],
    members: [],
    blend: null,
    best: null,
    underway: [],
    worst: null,
    alike: [],
  },
});

const entry = (idea: string): NotebookEntry => ({
  ...{ at: "track-1/lap-1/refine-1/attempt-1", idea, score: 10, error: null, gain: null },
  ...{ blendGain: 0, seconds: 3, problem: null },
});

const modelsOf = (script: string) =>
  (recipeOf(script)["Model"] ?? []).map((each) => printParts([each]));
