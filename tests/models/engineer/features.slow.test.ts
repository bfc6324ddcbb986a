import { describe, expect, test } from "vitest";
import { BLOCKS } from "../../../src/models/engineer/blocks/blocks.ts";
import { CATALOGUE } from "../../../src/models/engineer/catalogue/catalogue.ts";
import { drawnModels } from "../../../src/models/engineer/catalogue/drawn-models.ts";
import { type Facts, factsOf } from "../../../src/models/engineer/recipe/facts.ts";
import { part, type Recipe } from "../../../src/models/engineer/recipe/recipe.ts";
import {
  initialRecipe,
  recipeOf,
  renderScript,
} from "../../../src/models/engineer/script/script.ts";
import { NO_SCIENCE_PYTHON } from "../../support/science-python.ts";
import { canRun, PATIENCE_MS, runScript } from "./run-script.ts";
import { noise, type Row, tinyView } from "./tiny-task.ts";

const WORDS = ["garden", "river view", "quiet street", "near the station", "loud road", "new roof"];
const word = (row: number, salt: number) =>
  WORDS[Math.floor(noise(row, salt) * WORDS.length)] ?? "";

/** Something of every kind of column, gaps included. */
const rich = (row: number): Row => ({
  rooms: Math.floor(3000 * noise(row, 1)),
  people: row % 7 === 0 ? "" : Math.floor(2000 * noise(row, 2)),
  income: Math.round(1000 * noise(row, 3)) / 100,
  latitude: 40 + Math.round(1000 * noise(row, 4)) / 1000,
  longitude: -100 + Math.round(1000 * noise(row, 5)) / 1000,
  sold_at: `2024-0${1 + Math.floor(9 * noise(row, 6))}-1${row % 10} ${10 + (row % 12)}:00:00`,
  town: word(row, 7),
  kind: row % 3 === 0 ? "house" : "flat",
  floor: row % 4,
  basket: JSON.stringify({ size: row % 5, tags: [word(row, 11)], at: { floor: row % 3 } }),
  remarks: `${word(row, 8)} and ${word(row, 9)}, ${word(row, 10)} of ${row} square yards`,
});

/** Pixels: many columns on one scale. */
const pixels = (row: number): Row =>
  Object.fromEntries(
    Array.from({ length: 20 }, (_, at) => [`pixel_${at}`, Math.floor(16 * noise(row, at))]),
  );

/** More columns than models that look at each of them are given. */
const wide = (row: number): Row => ({
  ...Object.fromEntries(Array.from({ length: 240 }, (_, at) => [`gene_${at}`, noise(row, at)])),
  income: row % 9 === 0 ? "" : Number(rich(row)["income"]),
});

const price = (row: number) => ({ price: Math.round(100 * Number(rich(row)["income"])) + 5 });
const sold = (row: number) => ({ sold: Number(rich(row)["income"]) > 5 ? "yes" : "no" });

/** Every ingredient that suits the task, all at once. */
function everything(facts: Facts, models: Recipe["Model"]): Recipe {
  const start = initialRecipe(facts, models ?? []);
  const full = BLOCKS.filter((block) => block.applies(facts) && block.name !== "Model").map(
    (block) => {
      let parts = block.initial(facts, models ?? []);
      for (let more = true; more; ) {
        const larger = block.ideas(facts, parts).find((idea) => idea.parts.length > parts.length);
        more = larger !== undefined;
        parts = larger?.parts ?? parts;
      }
      return [block.name, parts] as const;
    },
  );
  return { ...start, ...Object.fromEntries(full) };
}

describe.runIf(canRun)(
  `every ingredient really runs [else: ${NO_SCIENCE_PYTHON}]`,
  { timeout: PATIENCE_MS },
  () => {
    test.each([
      { name: "numbers", metric: "rmse", features: rich, targets: price },
      { name: "classes", metric: "log_loss", features: rich, targets: sold },
      { name: "columns without end", metric: "log_loss", features: wide, targets: sold },
      { name: "pixels", metric: "accuracy", features: pixels, targets: sold },
    ])("all features at once, for $name", async ({ metric, features, targets }) => {
      const { folder, ...common } = await tinyView({ metric, features, targets });
      const facts = factsOf(common);
      const crowded = { ...facts, rows: features === wide ? 30_000 : facts.rows };
      const recipe = everything(facts, [part("lightgbm", { trees: 20, rate: 0.1 })]);

      const { score, submission } = await runScript(renderScript(crowded, recipe), folder);

      expect(score).not.toBeNull();
      expect(submission).toHaveLength(31);
    });

    test.each([
      { kind: "numbers", metric: "mae", targets: price },
      { kind: "classes", metric: "accuracy", targets: sold },
    ])("all models of the catalogue at once, for $kind", async ({ metric, targets }) => {
      const { folder, ...common } = await tinyView({ metric, features: rich, targets });
      const facts = factsOf(common);
      const suited = CATALOGUE.filter(({ name }) => metric !== "mae" || name !== "discriminant");
      const models = suited.map(({ name }) => part(name, { trees: 15, rounds: 5 }));

      const script = renderScript(facts, initialRecipe(facts, models));

      expect((await runScript(script, folder)).score).not.toBeNull();
    });

    test.each([
      { kind: "numbers", metric: "rmse", targets: price },
      { kind: "classes", metric: "log_loss", targets: sold },
    ])("models drawn at random, some of each family, for $kind", async ({ metric, targets }) => {
      const { folder, ...common } = await tinyView({ metric, features: rich, targets });
      const facts = factsOf(common);
      const models = [1, 2, 3].flatMap((track) =>
        drawnModels({ ...facts, turn: { ...facts.turn, track } }, CATALOGUE.length),
      );
      const light = models.map(({ name, options }) =>
        part(name, { ...options, ...("trees" in options ? { trees: 8 } : {}) }),
      );

      const script = renderScript(facts, initialRecipe(facts, light));

      expect(recipeOf(script)["Model"]).toEqual(light);
      expect(await runScript(script, folder)).toMatchObject({
        stderr: "",
        score: expect.any(Number),
      });
    });

    test("no feature and no model reads the targets of the rows it predicts", async () => {
      const { folder, ...common } = await tinyView({
        metric: "rmse",
        features: rich,
        targets: price,
      });
      const facts = factsOf(common);
      const recipe = everything(facts, [part("linear")]);
      const blinded = renderScript(facts, recipe).replace(
        "# %% Score\n",
        () => `# %% Score
held, rest = train.iloc[:30], train.iloc[30:].reset_index(drop=True)
seen = predict(rest, held.reset_index(drop=True), "price")
blind = predict(rest, held.drop(columns="price").reset_index(drop=True), "price")
print("same:", np.allclose(seen, blind))
`,
      );

      expect((await runScript(blinded, folder)).stdout).toContain("same: True");
    });
  },
);
