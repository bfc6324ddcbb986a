import { byKind, estimator } from "../recipe/by-kind.ts";
import type { Facts } from "../recipe/facts.ts";
import {
  type CatalogueModel,
  featureCount,
  fitSeconds,
  numberOf,
  within,
} from "./catalogue-model.ts";

/** The model behind an imputer and a scaler; columns on one common scale are left as they are. */
const scaled = ({ homogeneous }: Facts, model: string): string =>
  `make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), ${homogeneous ? "" : "StandardScaler(), "}${model})`;

/** The same, of a target that is scaled too. */
const allScaled = (facts: Facts, model: string): string => `TransformedTargetRegressor(
    ${scaled(facts, model)},
    transformer=StandardScaler(),
)`;

export const linear: CatalogueModel = {
  name: "linear",
  title: "Ridge or logistic regression",
  description:
    "A regularised linear model: hard to beat on texts and on few rows, quick everywhere.",
  package: "scikit-learn",
  suits: ({ texts, rows }) => (texts.length > 0 ? 11 : rows < 1000 ? 6 : 2),
  sized: () => ({}),
  python: (facts) =>
    scaled(facts, byKind(facts, "Ridge(alpha=1)", "LogisticRegression(C=1, max_iter=500)")),
};

export const supportVectors: CatalogueModel = {
  name: "support-vectors",
  title: "Support vector machine",
  description:
    "Smooth borders in the space of all columns (RBF kernel): strong on a few thousand rows.",
  package: "scikit-learn",
  suits: ({ rows, homogeneous }) => (homogeneous ? (rows > 12_000 ? 0 : 12) : rows > 5000 ? 0 : 6),
  sized: () => ({}),
  python: (facts, _, seed) =>
    byKind(
      facts,
      allScaled(facts, "SVR(C=3, epsilon=0.05)"),
      `CalibratedClassifierCV(
    ${scaled(facts, `SVC(C=10, random_state=${seed})`)}, ensemble=False, cv=3
)`,
    ),
};

export const nearestNeighbours: CatalogueModel = {
  name: "nearest-neighbours",
  title: "Nearest neighbours",
  description: "Predicts what the most similar rows had: no training, errors of its own kind.",
  package: "scikit-learn",
  suits: ({ homogeneous }) => (homogeneous ? 7 : 1),
  sized: (facts) => ({ nearest: facts.homogeneous ? "5" : "12" }),
  python: (facts, { nearest = "10" }) =>
    scaled(facts, `${estimator(facts, "KNeighbors")}(${nearest}, weights="distance", n_jobs=CPUS)`),
};

export const neuralNetwork: CatalogueModel = {
  name: "neural-network",
  title: "Small neural network",
  description: "Two hidden layers on scaled columns: smooth functions that trees cannot draw.",
  package: "scikit-learn",
  suits: ({ homogeneous, rows }) => (homogeneous ? 6 : rows < 20_000 ? 7.5 : 2),
  sized: (facts) => {
    const possible = Math.round(fitSeconds(facts) / (1e-5 * Math.max(1, facts.rows)));
    return { rounds: `${within(possible, 15, 80)}` };
  },
  python: (facts, { rounds = "80" }, seed) => {
    const settings = `hidden_layer_sizes=(100, 50), alpha=0.01, learning_rate_init=0.003, max_iter=${rounds}, random_state=${seed}`;
    return byKind(
      facts,
      allScaled(facts, `MLPRegressor(${settings})`),
      scaled(facts, `MLPClassifier(${settings})`),
    );
  },
};

export const extraTrees: CatalogueModel = {
  name: "extra-trees",
  title: "Extremely randomised trees",
  description: "A forest of randomly cut trees: smooth, and unlike boosting in its errors.",
  package: "scikit-learn",
  suits: () => 8,
  sized: (facts) => {
    const share = facts.kind === "regression" ? 0.5 : 0.3;
    const each = 2e-7 * facts.rows * featureCount(facts) * share;
    return { trees: `${within(Math.round(fitSeconds(facts) / each / 10) * 10, 20, 400)}` };
  },
  python: (facts, options, seed) => `make_pipeline(
    SimpleImputer(strategy="median", keep_empty_features=True),
    ${estimator(facts, "ExtraTrees")}(
        n_estimators=${numberOf(options, "trees", 300)},
        min_samples_leaf=${byKind(facts, "2", "1")},
        max_features=${options["columns"] ?? byKind(facts, "0.5", '"sqrt"')},
        n_jobs=CPUS,
        random_state=${seed},
    ),
)`,
  variants: (facts) => [{ ...extraTrees.sized(facts), columns: byKind(facts, "0.8", "0.3") }],
};
