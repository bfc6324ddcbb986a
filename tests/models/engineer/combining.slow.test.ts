import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Common } from "../../../src/core/questions.ts";
import { factsOf } from "../../../src/models/engineer/recipe/facts.ts";
import { part } from "../../../src/models/engineer/recipe/recipe.ts";
import { initialRecipe, renderScript } from "../../../src/models/engineer/script/script.ts";
import { NO_SCIENCE_PYTHON } from "../../support/science-python.ts";
import { code, described, prose, solution } from "./engineer.ts";
import { canRun, type Left, PATIENCE_MS, runScript, runScripts } from "./run-script.ts";
import { noise, type Row, type TaskFolder, tinyView } from "./tiny-task.ts";

const PLAIN = "Average the predictions of all solutions with equal weights.";
const features = (row: number): Row => ({ size: noise(row, 1), age: noise(row, 2) });
const level = (row: number) => 10 * noise(row, 1) + noise(row, 3);

const TASKS = {
  amounts: {
    metric: "rmse",
    targets: (row: number) => ({ price: level(row).toFixed(2) }),
  },
  chances: {
    metric: "roc_auc",
    targets: (row: number) => ({ sold: level(row) > 5 ? 1 : 0 }),
  },
  labels: {
    metric: "f1_macro",
    targets: (row: number) => ({ size_class: Math.floor(level(row) / 4) }),
  },
};
const MODELS = ["Ridge or logistic regression", "Nearest neighbours"];

async function solutionsOf(common: Common) {
  const scripts = MODELS.map((name) =>
    code("initializer", common, { description: described(name) }),
  );
  return (await Promise.all(scripts)).map((script, at) => solution(script, `track-${at + 1}`));
}

/** Two models' predictions, left by a script of both, as the members that later scripts find. */
async function leaveMembers({ folder: view, ...common }: TaskFolder): Promise<void> {
  const facts = factsOf(common);
  const models = [part("linear"), part("nearest-neighbours")];
  const { final } = await runScript(renderScript(facts, initialRecipe(facts, models)), view);
  for (const [at, { name }] of models.entries()) {
    const folder = join(view, "members", `${at + 1}`);
    mkdirSync(folder, { recursive: true });
    const member = { title: name, score: 0.5 + at / 10, from: `track-1/model-${at + 1}` };
    writeFileSync(join(folder, "member.json"), JSON.stringify(member));
    for (const side of ["validation", "test"])
      copyFileSync(join(final, "members", `${name}_${side}.npy`), join(folder, `${side}.npy`));
  }
}

const WAYS = [
  ...["average", "stacking"].map((name) => ({ of: "joined solutions", name })),
  ...["average", "stacking"].map((name) => ({ of: "members", name })),
];

describe.each(Object.entries(TASKS))("ensembles of %s", (_, tiny) => {
  const left = new Map<string, Left>();
  let task: TaskFolder;
  beforeAll(async () => {
    task = await tinyView({ ...tiny, features });
    if (!canRun) return;
    await leaveMembers(task);
    const scripts = WAYS.map(async ({ of, name }) => {
      const asked = { ...task, ground: of === "members" ? task.ground : null };
      const solutions = await solutionsOf(asked);
      const plan = `Combine them. (recipe: ${name})`;
      const script = await code("ensembler", asked, { solutions, plan });
      return { script: `${script}${HONESTY}`, taskFolder: task.folder };
    });
    for (const [at, run] of (await runScripts(await Promise.all(scripts))).entries())
      left.set(`${WAYS[at]?.of} ${WAYS[at]?.name}`, run);
  }, PATIENCE_MS);

  test.each([true, false])("every round plans another way (of members: %s)", async (ofMembers) => {
    const asked = { ...task, ground: ofMembers ? task.ground : null };
    const solutions = await solutionsOf(asked);
    const plans = [PLAIN];
    for (;;) {
      const attempts = plans.map((plan) => ({
        ...{ plan, score: 1, gain: 0 },
        ...{ seconds: 1, problem: null },
      }));
      const plan = await prose("ensemble-planner", asked, { solutions, attempts }).catch(
        () => null,
      );
      if (plan === null) break;
      expect(plans).not.toContain(plan);
      plans.push(plan);
    }
    expect(plans).toHaveLength(2);
  });

  test.runIf(canRun).each(WAYS)(
    `$of by $name: no fold is judged by what was fitted on it [else: ${NO_SCIENCE_PYTHON}]`,
    ({ of, name }) => {
      const run = left.get(`${of} ${name}`);
      expect(run).toMatchObject({ stderr: "", score: expect.any(Number) });
      expect(run?.submission).toHaveLength(31);
      expect(run?.validation).toHaveLength(120);
      expect(run?.stdout).toContain("honest: True");
    },
  );

  test.runIf(canRun).each(WAYS)(
    `$of by $name: it tells what each counts, and what each fold scores [else: ${NO_SCIENCE_PYTHON}]`,
    ({ of, name }) => {
      const { stdout = "" } = left.get(`${of} ${name}`) ?? {};
      const [, told = ""] = /^Ensemble weights: (.*)$/m.exec(stdout) ?? [];
      const shares = [...told.matchAll(/(-?[\d.e-]+) of (?:solution|linear|nearest)/g)].map(
        ([, share]) => Number(share),
      );
      expect(shares).toHaveLength(2);
      expect(stdout).toMatch(/^Fold scores: [\d.]+, [\d.]+/m);
      // A regression's factors need not add up to one, but those of like solutions come close.
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 0);
    },
  );
});

/** Whoever fits on a fold's own truth changes that fold's predictions when the truth changes. */
const HONESTY = `
target, held = TARGETS[0], FOLDS[LINES] == 0
known = stack_of(target)
stack_of = lambda target: known
before = combine_out_of_fold(target)[0][0]
train.iloc[LINES[held], train.columns.get_loc(target)] = train[target].to_numpy()[LINES[held]][::-1]
after = combine_out_of_fold(target)[0][0]
print("honest:", np.allclose(before[held], after[held]))
`;
