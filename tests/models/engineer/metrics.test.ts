import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { NO_SCIENCE_PYTHON } from "../../support/science-python.ts";
import { code, described } from "./engineer.ts";
import { canRun, type Left, PATIENCE_MS, runScripts } from "./run-script.ts";
import { noise, type Row, tinyView } from "./tiny-task.ts";

const features = (row: number): Row => ({
  size: Math.round(100 * noise(row, 1)) / 10,
  age: Math.floor(50 * noise(row, 2)),
});
const level = (row: number) => Number(features(row)["size"]) + noise(row, 3);
const amount = (row: number) => ({ price: Math.round(100 * level(row)) / 100 + 1 });
const two = (row: number) => ({ sold: level(row) > 5 ? "yes" : "no" });
const three = (row: number) => ({ grade: level(row) > 7 ? 3 : level(row) > 3 ? 2 : 1 });

const ROWS = [
  { metric: "rmse", targets: amount, least: 0, most: 1.5 },
  { metric: "rmsle", targets: amount, least: 0, most: 0.5 },
  { metric: "mae", targets: amount, least: 0, most: 1.5 },
  { metric: "mape", targets: amount, least: 0, most: 0.6 },
  { metric: "r2", targets: amount, least: 0.8, most: 1 },
  { metric: "accuracy", targets: two, least: 0.8, most: 1 },
  { metric: "balanced_accuracy", targets: three, least: 0.7, most: 1 },
  { metric: "f1", targets: three, least: 0.7, most: 1 },
  { metric: "f1_macro", targets: two, least: 0.7, most: 1 },
  { metric: "f1_micro", targets: three, least: 0.7, most: 1 },
  { metric: "f1_weighted", targets: three, least: 0.7, most: 1 },
  { metric: "mcc", targets: two, least: 0.6, most: 1 },
  { metric: "quadratic_kappa", targets: three, least: 0.7, most: 1 },
  { metric: "roc_auc", targets: two, least: 0.9, most: 1 },
  { metric: "log_loss", targets: two, least: 0, most: 0.5 },
];
const CLASS_COLUMNS = ["grade_1", "grade_2", "grade_3"];
const SPECIAL = {
  classColumns: { metric: "log_loss", targets: three, sampleColumns: CLASS_COLUMNS },
  severalTargets: {
    metric: "log_loss",
    targets: (row: number) => ({ ...two(row), rare: row % 11 === 0 ? 1 : 0 }),
  },
};

const written = async (tiny: Omit<Parameters<typeof tinyView>[0], "features">) => {
  const { folder: taskFolder, ...common } = await tinyView({ ...tiny, features });
  const description = described("Ridge or logistic regression");
  return { script: await code("initializer", common, { description }), taskFolder };
};

describe.runIf(canRun)(`every metric and kind of target [else: ${NO_SCIENCE_PYTHON}]`, () => {
  const left = new Map<string, Left>();
  beforeAll(async () => {
    const tasks = [...ROWS.map((row) => [row.metric, row] as const), ...Object.entries(SPECIAL)];
    const scripts = await Promise.all(tasks.map(([, tiny]) => written(tiny)));
    const runs = await runScripts(scripts);
    for (const [at, run] of runs.entries()) left.set(tasks[at]?.[0] ?? "", run);
  }, PATIENCE_MS);

  test.each(ROWS)("$metric is computed on held-out rows and every test row is predicted", (row) => {
    const { score, submission, validation } = left.get(row.metric) ?? NOTHING;
    expect(validation?.slice(0, 2)).toEqual([submission?.[0], expect.stringMatching(/^119,./)]);
    expect(validation).toHaveLength(120);
    expect(score).toBeGreaterThanOrEqual(row.least);
    expect(score).toBeLessThanOrEqual(row.most);
    expect(submission).toHaveLength(31);
    expect(submission?.[0]).toBe(`id,${Object.keys(row.targets(0))[0]}`);
    expect(submission?.[1]).toMatch(/^120,/);
  });

  test.each(ROWS)("$metric: scores of classes are left where labels are asked for", (row) => {
    const decides = /accuracy|f1|mcc|kappa/.test(row.metric);
    for (const side of ["validation", "test"])
      expect(existsSync(join(left.get(row.metric)?.final ?? "", `${side}_scores.npy`))).toBe(
        decides,
      );
  });

  test("one probability column for each class sums to one in each row", () => {
    const { submission } = left.get("classColumns") ?? NOTHING;
    expect(submission?.[0]).toBe("id,grade_1,grade_2,grade_3");
    for (const line of submission?.slice(1) ?? []) {
      const [, ...shares] = line.split(",").map(Number);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
    }
  });

  test("several targets are scored by the average of their scores", () => {
    const { stdout, score, submission } = left.get("severalTargets") ?? NOTHING;
    const each = [...stdout.matchAll(/^(?:sold|rare): (.*)$/gm)].map(([, value]) => Number(value));
    expect(each).toHaveLength(2);
    expect(score).toBeCloseTo(((each[0] ?? 0) + (each[1] ?? 0)) / 2);
    expect(submission?.[0]).toBe("id,sold,rare");
  });
});

const NOTHING: Left = {
  ...{ stdout: "", stderr: "", final: "" },
  ...{ score: null, submission: null, validation: null },
};
