import { describe, expect, test } from "vitest";
import { factsOf } from "../../../src/models/engineer/recipe/facts.ts";
import { part } from "../../../src/models/engineer/recipe/recipe.ts";
import { initialRecipe, renderScript } from "../../../src/models/engineer/script/script.ts";
import { NO_SCIENCE_PYTHON } from "../../support/science-python.ts";
import { canRun, PATIENCE_MS, runScript } from "./run-script.ts";
import { noise, type Row, tinyTask } from "./tiny-task.ts";

const hour = 3_600_000;
const moment = (hours: number) =>
  new Date(Date.UTC(2024, 0, 1) + hours * hour).toISOString().slice(0, 19).replace("T", " ");
/** Row numbers from 120 on are the test set. */
const inTime =
  (place: (row: number) => number) =>
  (row: number): Row => ({
    at: moment(place(row)),
    load: Math.round(100 * noise(row)) / 100,
  });
const report = `
folds = make_folds()
at = pd.to_datetime(train["at"]) if "at" in train else None
for fit, held in folds:
    assert not set(fit) & set(held)
    print("fold", len(fit), len(held), at is not None and bool((at[fit].max() < at[held].min())), sorted(set(train["user"][held])) if "user" in train else "")
`;

async function foldsOf(features: (row: number) => Row) {
  const { folder, ...common } = await tinyTask({
    metric: "rmse",
    features,
    targets: (row) => ({ y: Math.round(1000 * noise(row, 5)) / 100 }),
  });
  const facts = factsOf(common);
  const script = renderScript(facts, initialRecipe(facts, [part("linear")]));
  const { stdout } = await runScript(
    script.replace("# %% Score\n", () => `# %% Score${report}`),
    folder,
  );
  return stdout.split("\n").filter((line) => line.startsWith("fold "));
}

describe.runIf(canRun)(
  `validation imitates the test set [else: ${NO_SCIENCE_PYTHON}]`,
  { timeout: PATIENCE_MS },
  () => {
    test("a test set in the future is imitated by held-out rows after all fitting rows", async () => {
      const folds = await foldsOf(inTime((row) => row));
      expect(folds.length).toBeGreaterThan(1);
      for (const fold of folds) expect(fold).toContain("True");
    });

    test("a test set between the training rows is imitated by whole stretches", async () => {
      // Stretches of eight training hours, each followed by two hours of the test set.
      const place = (row: number) =>
        row < 120
          ? Math.floor(row / 8) * 10 + (row % 8)
          : Math.floor((row - 120) / 2) * 10 + 8 + (row % 2);
      const folds = await foldsOf(inTime(place));
      expect(folds).toHaveLength(5);
      for (const fold of folds) expect(Number(fold.split(" ")[2])).toBeGreaterThan(10);
      expect(folds.some((fold) => fold.includes("True"))).toBe(false);
    });

    test("a test set mixed into the same days leaves the folds random", async () => {
      const folds = await foldsOf(inTime((row) => 24 * (row % 15)));
      expect(folds).toHaveLength(5);
      for (const fold of folds) expect(fold).toContain("False");
    });

    test("groups that the test set does not share are held out whole", async () => {
      const folds = await foldsOf((row) => ({
        user: row < 120 ? `user ${row % 12}` : `user ${20 + (row % 5)}`,
        load: noise(row),
      }));
      const held = folds.flatMap((fold) => [...fold.matchAll(/user \d+/g)].map(String));
      expect(new Set(held).size).toBe(held.length);
      expect(held).toHaveLength(12);
    });
  },
);
