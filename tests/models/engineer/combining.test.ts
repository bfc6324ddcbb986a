import { beforeAll, describe, expect, test } from "vitest";
import { COMBINATIONS } from "../../../src/models/engineer/script/combination.ts";
import { NO_SCIENCE_PYTHON } from "../../support/science-python.ts";
import { code, described, prose, solution } from "./engineer.ts";
import { canRun, type Left, PATIENCE_MS, runScripts } from "./run-script.ts";
import { noise, type Row, type TaskFolder, tinyTask } from "./tiny-task.ts";

const PLAIN = "Average the predictions of all solutions with equal weights.";
const features = (row: number): Row => ({ size: noise(row, 1), age: noise(row, 2) });
const level = (row: number) => 10 * noise(row, 1) + noise(row, 3);

const TASKS = {
  amounts: {
    metric: "rmse",
    features,
    targets: (row: number) => ({ price: level(row).toFixed(2) }),
  },
  chances: {
    metric: "roc_auc",
    features,
    targets: (row: number) => ({ sold: level(row) > 5 ? 1 : 0 }),
  },
  labels: {
    metric: "f1_macro",
    features,
    targets: (row: number) => ({ size_class: Math.floor(level(row) / 4) }),
  },
};

async function solutionsOf(common: Omit<TaskFolder, "folder">) {
  const names = ["Ridge or logistic regression", "Nearest neighbours"];
  const scripts = names.map((name) =>
    code("initializer", common, { description: described(name) }),
  );
  return (await Promise.all(scripts)).map((script, at) => solution(script, `track-${at + 1}`));
}

describe.each(Object.entries(TASKS))("ensembles of %s", (_, tiny) => {
  const names = COMBINATIONS.map(({ name }) => name);
  const left = new Map<string, Left>();
  let task: TaskFolder;
  beforeAll(async () => {
    task = await tinyTask(tiny);
    const { folder: taskFolder, ...common } = task;
    const solutions = await solutionsOf(common);
    const scripts = names.map(async (name) => {
      const plan = `Combine them. (recipe: ${name})`;
      const script = await code("ensembler", common, { solutions, plan });
      return { script: `${script}${HONESTY}`, taskFolder };
    });
    if (!canRun) return;
    const runs = await runScripts(await Promise.all(scripts));
    for (const [at, run] of runs.entries()) left.set(names[at] ?? "", run);
  }, PATIENCE_MS);

  test("every round plans another way, after the plain average", async () => {
    const { folder: __, ...common } = task;
    const solutions = await solutionsOf(common);
    const plans = [PLAIN];
    for (;;) {
      const attempts = plans.map((plan) => ({
        plan,
        score: 1,
        gain: 0,
        seconds: 1,
        problem: null,
      }));
      const plan = await prose("ensemble-planner", common, { solutions, attempts }).catch(
        () => null,
      );
      if (plan === null) break;
      expect(plans).not.toContain(plan);
      plans.push(plan);
    }
    expect(plans).toHaveLength(names.length);
  });

  test.runIf(canRun).each(names)(
    `%s runs, and no fold is judged by what was fitted on it [else: ${NO_SCIENCE_PYTHON}]`,
    (name) => {
      expect(left.get(name)?.score).not.toBeNull();
      expect(left.get(name)?.submission).toHaveLength(31);
      expect(left.get(name)?.stdout).toContain("honest: True");
    },
  );

  test.runIf(canRun).each(names)(
    `%s tells what each solution counts, and what each fold scores [else: ${NO_SCIENCE_PYTHON}]`,
    (name) => {
      const { stdout = "", stderr } = left.get(name) ?? {};
      const shares = [...stdout.matchAll(/(-?[\d.e-]+) of solution \d/g)].map(([, share]) =>
        Number(share),
      );
      expect(stdout).toMatch(/^Ensemble weights: .+ of solution 1 \(.+\), .+ of solution 2 \(/m);
      expect(shares.every(Number.isFinite)).toBe(true);
      expect(stdout).toMatch(/^Fold scores: [\d.]+, [\d.]+/m);
      expect(stderr).toBe("");
      // A ridge regression's factors need not add up to one, but those of like solutions come close.
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 0);
    },
  );
});

/** Whoever fits on a fold's own truth changes that fold's predictions when the truth changes. */
const HONESTY = `
target = TARGETS[0]
stack = np.stack([out_of_fold(predict, folds, target, test)[0] for predict in SOLUTIONS])
before, _ = combine_out_of_fold(stack, folds, target)
held = folds[0][1]
train.loc[held, target] = train.loc[held, target].to_numpy()[::-1]
after, _ = combine_out_of_fold(stack, folds, target)
print("honest:", np.allclose(before[held], after[held]))
`;
