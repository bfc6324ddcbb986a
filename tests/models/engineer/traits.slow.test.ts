import { expect, test } from "vitest";
import { factsOf } from "../../../src/models/engineer/recipe/facts.ts";
import { part } from "../../../src/models/engineer/recipe/recipe.ts";
import { initialRecipe, renderScript } from "../../../src/models/engineer/script/script.ts";
import { NO_SCIENCE_PYTHON } from "../../support/science-python.ts";
import { COLUMN_TRAITS, DATE_TRAITS } from "../../support/traits/columns.ts";
import { FILE_TRAITS } from "../../support/traits/files.ts";
import { noise, rent, rents, size } from "../../support/traits/trait.ts";
import { makeFolder } from "../../tools/read-task/make-folder.ts";
import { canRun, PATIENCE_MS, runScripts } from "./run-script.ts";
import { taskIn } from "./tiny-task.ts";

const LIGHTGBM = [part("lightgbm", { trees: 60, rate: 0.1 })];

async function scriptFor(files: Record<string, string | Buffer>) {
  const taskFolder = makeFolder(files);
  const facts = factsOf(await taskIn(taskFolder));
  return { taskFolder, script: renderScript(facts, initialRecipe(facts, LIGHTGBM)) };
}

/** Everything that is read and not refused, and needs no sandbox to be opened. */
const WORKING = [...COLUMN_TRAITS, ...DATE_TRAITS, ...FILE_TRAITS.slice(0, 4)].filter(
  ({ tells }) => !("refused" in tells),
);

test.runIf(canRun)(
  `the engineer's script works on every folder with a trait in its columns [else: ${NO_SCIENCE_PYTHON}]`,
  async () => {
    const left = await runScripts(await Promise.all(WORKING.map(({ files }) => scriptFor(files))));
    for (const [at, { stderr, score, submission }] of left.entries())
      expect([WORKING[at]?.trait, stderr, score === null, submission?.length]).toEqual([
        ...[WORKING[at]?.trait, "", false, 61],
      ]);
  },
  PATIENCE_MS,
);

const paid = (row: number) =>
  rent(row) + 0.3 * amount(row) + 200 * Math.sin((2 * Math.PI * days(row)) / 365);
const amount = (row: number) => Math.round(100 * (50 + 4000 * noise(row, 3) ** 2)) / 100;
const days = (row: number) => Math.floor(700 * noise(row, 4));
const iso = (row: number) => new Date(Date.UTC(2021, 0, 1 + days(row))).toISOString().slice(0, 10);
const target = { rent: (row: number) => Math.round(paid(row) * 100) / 100 };
const age = (row: number) => Math.floor(size(row));

test.runIf(canRun)(
  `columns as people write them are as good as plain ones [else: ${NO_SCIENCE_PYTHON}]`,
  async () => {
    const told = [
      { price: amount, seen: iso, age: (row: number) => (row % 9 === 0 ? "" : age(row)) },
      {
        price: (row: number) =>
          `$${amount(row).toLocaleString("en-US", { minimumFractionDigits: 2 })}`,
        seen: (row: number) => iso(row).split("-").reverse().join("/"),
        age: (row: number) => (row % 9 === 0 ? -999 : age(row)),
      },
      {
        price: (row: number) =>
          `${amount(row).toLocaleString("de-DE", { minimumFractionDigits: 2 })} €`,
        seen: (row: number) => Date.parse(iso(row)) / 1000,
        age: (row: number) => (row % 9 === 0 ? "?" : `${age(row)} years`),
      },
    ].map(({ seen, ...cells }) => rents({ both: { ...cells, seen_at: seen }, target }));
    const left = await runScripts(await Promise.all(told.map(scriptFor)));
    const [plain, ...written] = left.map(({ score }) => score);
    expect(plain).toBeLessThan(150);
    expect(written).toEqual([plain, plain]);
  },
  PATIENCE_MS,
);
