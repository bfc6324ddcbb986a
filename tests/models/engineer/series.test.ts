import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Ground } from "../../../src/core/ground.ts";
import { factsOf } from "../../../src/models/engineer/recipe/facts.ts";
import { part } from "../../../src/models/engineer/recipe/recipe.ts";
import { initialRecipe, renderScript } from "../../../src/models/engineer/script/script.ts";
import { NO_SCIENCE_PYTHON } from "../../support/science-python.ts";
import { canRun, PATIENCE_MS, runScripts } from "./run-script.ts";
import { tinyView } from "./tiny-task.ts";

const day = (row: number) =>
  new Date(Date.UTC(2024, 0, 1 + Math.floor(row / 2))).toISOString().slice(0, 10);
const level = (row: number) =>
  (row % 2 === 0 ? 10 + row / 2 : 50 + row / 4) + (row % 14 < 2 ? 3 : 0);

test.runIf(canRun)(
  `series go on growing beyond what was seen, each by itself [else: ${NO_SCIENCE_PYTHON}]`,
  { timeout: PATIENCE_MS },
  async () => {
    const { folder: taskFolder, ...common } = await tinyView(
      {
        metric: "rmse",
        features: (row) => ({ date: day(row), shop: row % 2 === 0 ? "north" : "south" }),
        targets: (row) => ({ sales: level(row) }),
      },
      1,
    );
    const last = Array.from({ length: 30 }, (_, at) => 90 + at);
    writeFileSync(
      join(taskFolder, "folds.csv"),
      ["unit,row,fold", ...last.map((row) => `${row},${row},0`)].join("\n"),
    );
    writeFileSync(
      join(taskFolder, "validation_sample.csv"),
      ["id,sales", ...last.map((row) => `${row},0`)].join("\n"),
    );
    const split: Ground["split"] = { kind: "time", by: "date", evidence: "" };
    const ground = common.ground && { ...common.ground, split };
    const facts = factsOf({ ...common, ground });
    const recipe = initialRecipe(facts, [part("lightgbm", { trees: 40 })]);
    const bare = { ...recipe, Trend: [], Past: [] };

    const scripts = [recipe, bare].map((each) => ({
      script: renderScript(facts, each),
      taskFolder,
    }));
    const [grown, left] = await runScripts(scripts);

    expect(Object.keys(recipe)).toEqual(expect.arrayContaining(["Trend", "Past"]));
    const errorOf = (lines: readonly string[] | null | undefined) => {
      const errors = (lines ?? []).slice(1).map((line) => {
        const [id, sales] = line.split(",").map(Number);
        return Math.abs((sales ?? 0) - level(id ?? 0));
      });
      return errors.reduce((sum, error) => sum + error / errors.length, 0);
    };
    expect(grown?.stderr).toBe("");
    expect(errorOf(grown?.submission)).toBeLessThan(2);
    expect(errorOf(left?.submission)).toBeGreaterThan(2 * errorOf(grown?.submission));
  },
);
