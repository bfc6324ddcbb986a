import { expect, test } from "vitest";
import { factsOf } from "../../../src/models/engineer/recipe/facts.ts";
import { part } from "../../../src/models/engineer/recipe/recipe.ts";
import { ensembleOf, renderEnsemble } from "../../../src/models/engineer/script/ensemble-script.ts";
import {
  cellsOf,
  initialRecipe,
  recipeOf,
  renderCell,
  renderScript,
} from "../../../src/models/engineer/script/script.ts";
import { tinyHouses } from "./tiny-task.ts";

const { folder: _, ...common } = await tinyHouses();
const facts = factsOf(common);
const recipe = initialRecipe(facts, [part("lightgbm", { trees: 100 }), part("linear")]);

test("a script is read back as the recipe it was written from", () => {
  expect(recipeOf(renderScript(facts, recipe))).toEqual(recipe);
});

test("each cell of a script is what the cell alone would be", () => {
  const cells = cellsOf(renderScript(facts, recipe));
  const refinable = cells.filter(({ name }) => name in recipe);
  expect(refinable.map(({ name }) => name)).toContain("Geography");
  for (const { name, parts, text } of refinable) expect(renderCell(facts, name, parts)).toBe(text);
});

test("an ensemble is read back as the recipes of its solutions", () => {
  const other = { ...recipe, Model: [part("extra-trees")] };
  const script = renderEnsemble(facts, [recipe, other], part("stacking"));
  expect(ensembleOf(script)).toEqual({ recipes: [recipe, other], combination: part("stacking") });
});

test("a script that is no ensemble is not read as one", () => {
  expect(ensembleOf(renderScript(facts, recipe))).toBeNull();
});

test("scripts import only what they use", () => {
  const script = renderScript(facts, { ...recipe, Model: [part("linear")] });
  expect(script).not.toMatch(/lightgbm|xgboost|catboost/);
});
