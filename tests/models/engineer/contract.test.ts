import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { factsOf } from "../../../src/models/engineer/recipe/facts.ts";
import { part } from "../../../src/models/engineer/recipe/recipe.ts";
import { initialRecipe, renderScript } from "../../../src/models/engineer/script/script.ts";
import { NO_SCIENCE_PYTHON } from "../../support/science-python.ts";
import { canRun, PATIENCE_MS, runScript, runScripts } from "./run-script.ts";
import { noise, type TaskFolder, tinyView } from "./tiny-task.ts";

const view = (price: (row: number) => number, folds = 3) =>
  tinyView(
    {
      metric: "rmse",
      features: (row) => ({ size: noise(row, 1), town: `town ${row % 40}` }),
      targets: (row) => ({ price: price(row).toFixed(4) }),
    },
    folds,
  );
const usual = (row: number) => 10 * noise(row, 1) + (row % 40) + 5;
const written = ({ folder: taskFolder, ...common }: TaskFolder, ...models: string[]) => {
  const facts = factsOf(common);
  const made = initialRecipe(
    facts,
    models.map((name) => part(name, { trees: 30 })),
  );
  return { script: renderScript(facts, made), taskFolder };
};
/** Predictions by the id of their line. */
const byId = (lines: readonly string[] | null) =>
  new Map((lines ?? []).slice(1).map((line) => [Number(line.split(",")[0]), line.split(",")[1]]));

describe.runIf(canRun)(
  `what a script leaves [else: ${NO_SCIENCE_PYTHON}]`,
  { timeout: PATIENCE_MS },
  () => {
    test("held-out rows are predicted in the order asked for, by models that never saw their truth", async () => {
      const tasks = [
        await view(usual),
        await view((row) => usual(row) * (row % 3 === 0 && row > 0 ? 7 : 1)),
        await view((row) => usual(row) * (row === 0 ? 90 : 1)),
      ];
      const [plain, changed, outlier] = await runScripts(
        tasks.map((task) => written(task, "lightgbm")),
      );
      expect(plain).toMatchObject({ stderr: "", score: expect.any(Number) });
      const [header, ...lines] = plain?.validation ?? [];
      expect(header).toBe("id,price");
      expect(lines.map((line) => Number(line.split(",")[0]))).toEqual(
        Array.from({ length: 119 }, (_, at) => 119 - at),
      );
      const [before, after] = [byId(plain?.validation ?? null), byId(changed?.validation ?? null)];
      for (const [id, price] of before)
        if (id % 3 === 0) expect(after.get(id)).toBe(price);
        else expect(after.get(id)).not.toBe(price);
      // The row that no fold holds out teaches all of them.
      for (const [id, price] of byId(outlier?.validation ?? null))
        expect(price).not.toBe(before.get(id));
    });

    test("each of several models is left as a member, and the script's own predictions are their average", async () => {
      const { script, taskFolder } = written(await view(usual), "linear", "lightgbm", "lightgbm");
      const { final, validation, submission } = await runScript(script, taskFolder);
      const members = JSON.parse(readFileSync(join(final, "members.json"), "utf8"));
      expect(members).toMatchObject(
        ["linear", "lightgbm", "lightgbm-2"].map((name) => ({ name, seconds: expect.any(Number) })),
      );
      for (const [side, lines] of Object.entries({ validation, test: submission })) {
        const arrays = ["linear", "lightgbm", "lightgbm-2"].map((name) =>
          numbersIn(join(final, "members", `${name}_${side}.npy`)),
        );
        const average = [...byId(lines).values()].map(Number);
        for (const [at, value] of average.entries())
          expect(arrays.reduce((sum, one) => sum + (one[at] ?? 0) / 3, 0)).toBeCloseTo(value, 3);
      }
    });

    test("where one fold is all there is, the test rows are predicted by a model of all rows", async () => {
      const task = await view(usual, 1);
      const lines = Array.from({ length: 40 }, (_, at) => `${80 + at},${80 + at},0`);
      writeFileSync(join(task.folder, "folds.csv"), `unit,row,fold\n${lines.join("\n")}\n`);
      const asked = Array.from({ length: 40 }, (_, at) => `${80 + at},0`);
      writeFileSync(join(task.folder, "validation_sample.csv"), `id,price\n${asked.join("\n")}\n`);
      const { script, taskFolder } = written(task, "linear");
      const tell =
        "\nprint('same:', np.allclose(tested['price'], predict(train.reset_index(drop=True), test, 'price')))";
      const left = await runScript(
        `${script.replaceAll("MAX_TRAIN_ROWS = int", "MAX_TRAIN_ROWS = 0 * int")}${tell}`,
        taskFolder,
      );
      expect(left.stdout).toContain("same: True");
      expect(left.validation).toHaveLength(41);
    });

    test("without folds a script validates by its own, and hands in no predictions of held-out rows", async () => {
      const task = await view(usual);
      for (const name of ["folds.csv", "validation_sample.csv"]) rmSync(join(task.folder, name));
      const { script, taskFolder } = written(task, "linear");
      const left = await runScript(script, taskFolder);
      expect(left).toMatchObject({ score: expect.any(Number), validation: null });
      expect(left.stdout).toContain("5 folds, 120 of 120 training rows held out");
      expect(left.submission).toHaveLength(31);
    });
  },
);

/** The float32 numbers of a one-column array as numpy saves it. */
function numbersIn(path: string): Float32Array {
  const bytes = readFileSync(path);
  const start = 10 + bytes.readUInt16LE(8);
  return new Float32Array(
    bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.length),
  );
}
