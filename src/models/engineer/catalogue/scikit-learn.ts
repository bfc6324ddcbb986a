import { byKind, estimator } from "../recipe/by-kind.ts";
import {
  type CatalogueModel,
  featureCount,
  fitSeconds,
  isSmooth,
  numberOf,
  within,
} from "./catalogue-model.ts";
import { allScaled, drawnScale, scaled, scaleOf } from "./scaled.ts";

export const linear: CatalogueModel = {
  name: "linear",
  title: "Ridge or logistic regression",
  description:
    "A regularised linear model: hard to beat on texts and on few rows, quick everywhere.",
  package: "scikit-learn",
  suits: ({ texts, media, rows }) => (texts.length > 0 || media ? 11 : rows < 1000 ? 6 : 2),
  sized: () => ({}),
  python: (facts, options) => {
    const { strength = "1" } = options;
    const model = byKind(
      facts,
      `Ridge(alpha=${strength})`,
      `LogisticRegression(C=${strength}, max_iter=500)`,
    );
    return scaled(facts, model, scaleOf(options));
  },
  drawn: (facts, draw) => ({
    strength: byKind(facts, draw.between(0.1, 300), draw.between(0.01, 20)),
    ...drawnScale(draw, ["ranks", "splines", "splines"]),
  }),
};

export const discriminant: CatalogueModel = {
  name: "discriminant",
  title: "Linear discriminant",
  description:
    "Classes as clouds of one shape, which is shrunk: steady with more columns than rows.",
  package: "scikit-learn",
  suits: (facts) => (isSmooth(facts) && facts.kind !== "regression" ? 7.8 : 0),
  sized: () => ({}),
  python: (facts, { shrinkage }) =>
    scaled(facts, `LinearDiscriminantAnalysis(solver="lsqr", shrinkage=${shrinkage ?? '"auto"'})`),
  drawn: (_, draw) => ({ shrinkage: draw.between(0.02, 0.8) }),
};

export const nearestNeighbours: CatalogueModel = {
  name: "nearest-neighbours",
  title: "Nearest neighbours",
  description: "Predicts what the most similar rows had: no training, errors of its own kind.",
  package: "scikit-learn",
  suits: (facts) => (isSmooth(facts) ? 7 : 1),
  sized: (facts) => ({ nearest: facts.homogeneous ? "5" : "12" }),
  python: (facts, options) => {
    const { nearest = "10", power } = options;
    const distance = power === undefined ? "" : `, p=${power}`;
    const model = `${estimator(facts, "KNeighbors")}(${nearest}, weights="distance"${distance}, n_jobs=CPUS)`;
    return scaled(facts, model, scaleOf(options));
  },
  drawn: (facts, draw) => ({
    nearest: facts.homogeneous
      ? draw.of(["3", "4", "6", "9"])
      : draw.of(["5", "8", "16", "25", "40"]),
    power: draw.of(["1", "2"]),
    ...drawnScale(draw, ["ranks"]),
  }),
};

export const neuralNetwork: CatalogueModel = {
  name: "neural-network",
  title: "Small neural network",
  description: "Two hidden layers on scaled columns: smooth functions that trees cannot draw.",
  package: "scikit-learn",
  suits: (facts) => (isSmooth(facts) ? 6 : facts.rows < 20_000 ? 7.5 : 2),
  sized: (facts) => {
    const possible = Math.round(fitSeconds(facts) / (1e-5 * Math.max(1, facts.rows)));
    return { rounds: `${within(possible, 15, 80)}` };
  },
  python: (facts, options, seed) => {
    const { rounds = "80", layers = "(100, 50)", decay = "0.01", rate = "0.003", bend } = options;
    const curve = bend === undefined ? "" : `activation="${bend}", `;
    const settings = `hidden_layer_sizes=${layers}, ${curve}alpha=${decay}, learning_rate_init=${rate}, max_iter=${rounds}, random_state=${seed}`;
    return byKind(
      facts,
      allScaled(facts, `MLPRegressor(${settings})`, scaleOf(options)),
      scaled(facts, `MLPClassifier(${settings})`, scaleOf(options)),
    );
  },
  drawn: (facts, draw) => {
    const bend = draw.of(["", "tanh"]);
    return {
      ...neuralNetwork.sized(facts),
      layers: draw.of(["(40,)", "(100,)", "(64, 32)", "(100, 50)", "(50, 50, 50)"]),
      decay: draw.between(0.0003, 2),
      rate: draw.between(0.001, 0.008),
      ...(bend === "" ? {} : { bend }),
      ...drawnScale(draw, ["ranks"]),
    };
  },
};

export const extraTrees: CatalogueModel = {
  name: "extra-trees",
  title: "Extremely randomised trees",
  description: "A forest of randomly cut trees: smooth, and unlike boosting in its errors.",
  package: "scikit-learn",
  looksAtEach: true,
  suits: () => 8,
  sized: (facts) => {
    const share = facts.kind === "regression" ? 0.5 : 0.3;
    const each = 2e-7 * facts.rows * featureCount(facts) * share;
    return { trees: `${within(Math.round(fitSeconds(facts) / each / 10) * 10, 20, 400)}` };
  },
  python: (facts, options, seed) => `make_pipeline(
    SimpleImputer(strategy="median", keep_empty_features=True),
    ${estimator(facts, options["cuts"] === "best" ? "RandomForest" : "ExtraTrees")}(
        n_estimators=${numberOf(options, "trees", 300)},
        min_samples_leaf=${options["least"] ?? byKind(facts, "2", "1")},
        max_features=${options["columns"] ?? byKind(facts, "0.5", '"sqrt"')},
        n_jobs=CPUS,
        random_state=${seed},
    ),
)`,
  drawn: (facts, draw) => {
    const usual = numberOf(extraTrees.sized(facts), "trees", 300);
    const cuts = draw.of(["", "", "best"]);
    return {
      // The best cut is looked for among all, which takes some times as long.
      trees: `${Math.max(20, Math.round(usual / (cuts === "" ? 1.5 : 4)))}`,
      columns: draw.of(["0.1", "0.2", "0.35", "0.6", "1.0"]),
      least: draw.of(["1", "2", "4", "8"]),
      ...(cuts === "" ? {} : { cuts }),
    };
  },
  variants: (facts) => [{ ...extraTrees.sized(facts), columns: byKind(facts, "0.8", "0.3") }],
};
