import { estimator } from "../recipe/by-kind.ts";
import type { Facts } from "../recipe/facts.ts";
import type { Part } from "../recipe/recipe.ts";
import {
  type CatalogueModel,
  featureCount,
  fitSeconds,
  isSmooth,
  numberOf,
  within,
} from "./catalogue-model.ts";
import type { Draw } from "./draw.ts";

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
  shapes: readonly Shape[];
  drawn(draw: Draw): Shape;
}

type Shape = Part["options"] & { times: string };

const boosting = ({
  stem,
  suits,
  cost,
  trees,
  absolute,
  rest,
  shapes,
  drawn,
  ...known
}: Boosting): CatalogueModel => ({
  ...known,
  looksAtEach: true,
  // A few rows of pixels or spectra are not for trees.
  suits: (facts) => (isSmooth(facts) && facts.rows < 5000 ? suits / 4 : suits),
  sized: (facts) => rounds(facts, cost),
  python: (facts, options, seed) => `${estimator(facts, stem)}(
    ${trees}=${numberOf(options, "trees", 400)},
    learning_rate=${numberOf(options, "rate", 0.05)},${wantsAbsoluteLoss(facts) ? `\n    ${absolute},` : ""}
    ${rest(options, facts)}
    random_state=${seed},
)`,
  variants: (facts) => shapes.map((shape) => shaped(rounds(facts, cost), shape)),
  drawn: (facts, draw) => {
    const usual = rounds(facts, cost);
    const rate = +draw.between(0.25, 1.6) * numberOf(usual, "rate", 0.05);
    return { ...shaped(usual, drawn(draw)), rate: `${Number(rate.toPrecision(2))}` };
  },
});

const shaped = (usual: Part["options"], { times, ...shape }: Shape): Part["options"] => ({
  ...usual,
  ...shape,
  trees: `${Math.max(20, Math.round(numberOf(usual, "trees", 400) * +times))}`,
});

/** Boosting rounds that fit the time, and the learning rate that goes with so many. */
function rounds(facts: Facts, { tree, cell, most }: Boosting["cost"]): Part["options"] {
  const classes = Math.max(3, ...facts.targets.map((target) => target.classes.length));
  const outputs = facts.kind === "multiclass" ? 1 + classes / 4 : 1;
  const columns = featureCount(facts);
  // With many columns, what is known of them no longer fits the processor's nearest memory.
  const each = outputs * (tree + cell * (1 + columns / 300) * facts.rows * columns);
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
  rest: (
    { leaves, random, columns, least, penalty },
    { rows },
  ) => `num_leaves=${leaves ?? (rows < 1000 ? 15 : 31)},
    min_child_samples=${least ?? 10},
    subsample=0.8,
    subsample_freq=1,
    colsample_bytree=${columns ?? (leaves === undefined ? 0.5 : 0.4)},
    reg_lambda=${penalty ?? "1.0"},${random === undefined ? "" : "\n    extra_trees=True,"}
    n_jobs=CPUS,
    verbose=-1,`,
  shapes: [
    { times: "1.5", random: "yes" },
    { times: "0.7", leaves: "95" },
    { times: "2", leaves: "7" },
  ],
  drawn: (draw) => {
    const leaves = draw.of(["5", "10", "20", "31", "63", "127"]);
    const random = draw.of(["", "", "yes"]);
    return {
      times: `${within(Math.sqrt(31 / +leaves), 0.5, 2)}`,
      leaves,
      ...(random === "" ? {} : { random }),
      columns: draw.of(["0.2", "0.3", "0.5", "0.7", "0.9"]),
      least: draw.of(["3", "8", "20", "40"]),
      penalty: draw.between(0.1, 20),
    };
  },
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
  rest: ({ depth, least, columns, penalty }) => `max_depth=${depth ?? 6},
    min_child_weight=${least ?? 3},
    subsample=0.8,
    colsample_bytree=${columns ?? (depth === undefined ? 0.7 : 0.5)},
    reg_lambda=${penalty ?? "2.0"},
    n_jobs=CPUS,
    verbosity=0,`,
  shapes: [
    { times: "0.7", depth: "9" },
    { times: "1.5", depth: "4" },
  ],
  drawn: (draw) => {
    const depth = draw.of(["3", "4", "5", "7", "8"]);
    return {
      times: `${within(6 / +depth, 0.6, 2)}`,
      depth,
      least: draw.of(["1", "3", "10", "30"]),
      columns: draw.of(["0.2", "0.4", "0.6", "0.8"]),
      penalty: draw.between(0.2, 20),
    };
  },
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
  rest: ({
    depth,
    penalty,
    noise,
  }) => `depth=${depth ?? 6},${penalty === undefined ? "" : `\n    l2_leaf_reg=${penalty},`}${noise === undefined ? "" : `\n    random_strength=${noise},`}
    thread_count=CPUS,
    allow_writing_files=False,
    verbose=0,`,
  shapes: [
    { times: "0.6", depth: "8" },
    { times: "1.3", depth: "4" },
  ],
  drawn: (draw) => {
    const depth = draw.of(["3", "4", "5", "6", "7"]);
    return {
      times: `${within(5 / +depth, 0.6, 1.5)}`,
      depth,
      penalty: draw.between(1, 20),
      noise: draw.between(0.3, 6),
    };
  },
});
