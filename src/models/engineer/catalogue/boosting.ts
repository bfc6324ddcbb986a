import { estimator } from "../recipe/by-kind.ts";
import type { Facts } from "../recipe/facts.ts";
import type { Part } from "../recipe/recipe.ts";
import {
  type CatalogueModel,
  featureCount,
  fitSeconds,
  numberOf,
  within,
} from "./catalogue-model.ts";

interface Boosting extends Pick<CatalogueModel, "name" | "title" | "description" | "package"> {
  /** What the estimator's name begins with. */
  stem: string;
  suits: number;
  /** Seconds a tree takes, whatever the data and for each cell of them; and the most trees that pay. */
  cost: { tree: number; cell: number; most: number };
  /** What the library calls the number of trees. */
  trees: string;
  /** How it is told that absolute errors count. */
  absolute: string;
  /** All other arguments. */
  rest(options: Part["options"], facts: Facts): string;
  /** Other shapes of the trees, best first, each with how many times as many it takes. */
  shapes: readonly (Part["options"] & { times: string })[];
}

const boosting = ({
  stem,
  suits,
  cost,
  trees,
  absolute,
  rest,
  shapes,
  ...known
}: Boosting): CatalogueModel => ({
  ...known,
  // A few rows of pixels or spectra are not for trees.
  suits: ({ homogeneous, rows }) => (homogeneous && rows < 5000 ? suits / 4 : suits),
  sized: (facts) => rounds(facts, cost),
  python: (facts, options, seed) => `${estimator(facts, stem)}(
    ${trees}=${numberOf(options, "trees", 400)},
    learning_rate=${numberOf(options, "rate", 0.05)},${wantsAbsoluteLoss(facts) ? `\n    ${absolute},` : ""}
    ${rest(options, facts)}
    random_state=${seed},
)`,
  variants: (facts) =>
    shapes.map(({ times, ...shape }) => {
      const usual = rounds(facts, cost);
      return { ...usual, ...shape, trees: `${Math.round(numberOf(usual, "trees", 400) * +times)}` };
    }),
});

/** Boosting rounds that fit the time, and the learning rate that goes with so many. */
function rounds(facts: Facts, { tree, cell, most }: Boosting["cost"]): Part["options"] {
  const classes = Math.max(3, ...facts.targets.map((target) => target.classes.length));
  const outputs = facts.kind === "multiclass" ? 1 + classes / 4 : 1;
  const each = outputs * (tree + cell * facts.rows * featureCount(facts));
  const trees = within(Math.round(fitSeconds(facts) / each / 10) * 10, 60, most);
  const rate = trees >= 0.6 * most ? "0.05" : trees >= 0.3 * most ? "0.08" : "0.15";
  return { trees: `${trees}`, rate };
}

/** Whether the metric rewards medians more than means. */
const wantsAbsoluteLoss = ({ task, kind }: Facts): boolean =>
  kind === "regression" && ["mae", "mape", "medae"].includes(task.metric);

export const lightgbm = boosting({
  name: "lightgbm",
  title: "LightGBM",
  description: "Gradient-boosted trees grown leaf by leaf: fast, and strong on most tables.",
  package: "lightgbm",
  stem: "LGBM",
  suits: 10,
  cost: { tree: 0.0025, cell: 5e-9, most: 500 },
  trees: "n_estimators",
  absolute: 'objective="l1"',
  rest: ({ leaves, random }, { rows }) => `num_leaves=${leaves ?? (rows < 1000 ? 15 : 31)},
    min_child_samples=10,
    subsample=0.8,
    subsample_freq=1,
    colsample_bytree=${leaves === undefined ? 0.5 : 0.4},
    reg_lambda=1.0,${random === undefined ? "" : "\n    extra_trees=True,"}
    n_jobs=CPUS,
    verbose=-1,`,
  shapes: [
    { times: "1.5", random: "yes" },
    { times: "0.7", leaves: "95" },
    { times: "2", leaves: "7" },
  ],
});

export const xgboost = boosting({
  name: "xgboost",
  title: "XGBoost",
  description: "Gradient-boosted trees grown level by level with strong regularisation.",
  package: "xgboost",
  stem: "XGB",
  suits: 7,
  cost: { tree: 0.003, cell: 8e-9, most: 500 },
  trees: "n_estimators",
  absolute: 'objective="reg:absoluteerror"',
  rest: ({ depth }) => `max_depth=${depth ?? 6},
    min_child_weight=3,
    subsample=0.8,
    colsample_bytree=${depth === undefined ? 0.7 : 0.5},
    reg_lambda=2.0,
    n_jobs=CPUS,
    verbosity=0,`,
  shapes: [
    { times: "0.7", depth: "9" },
    { times: "1.5", depth: "4" },
  ],
});

export const catboost = boosting({
  name: "catboost",
  title: "CatBoost",
  description: "Ordered boosting of symmetric trees: careful with small data, good untuned.",
  package: "catboost",
  stem: "CatBoost",
  suits: 9,
  cost: { tree: 0.004, cell: 1e-8, most: 1000 },
  trees: "iterations",
  absolute: 'loss_function="MAE"',
  rest: ({ depth }) => `depth=${depth ?? 6},
    thread_count=CPUS,
    allow_writing_files=False,
    verbose=0,`,
  shapes: [
    { times: "0.6", depth: "8" },
    { times: "1.3", depth: "4" },
  ],
});
