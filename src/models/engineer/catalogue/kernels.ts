import { byKind } from "../recipe/by-kind.ts";
import type { Facts } from "../recipe/facts.ts";
import { type CatalogueModel, isSmooth, likenessSeconds, madeColumns } from "./catalogue-model.ts";
import type { Draw } from "./draw.ts";
import { allScaled, drawnScale, scaled, scaleOf } from "./scaled.ts";

export const supportVectors: CatalogueModel = {
  name: "support-vectors",
  title: "Support vector machine",
  description:
    "Smooth borders in the space of all columns (RBF kernel): strong on a few thousand rows.",
  package: "scikit-learn",
  suits: (facts) => {
    if (likenessSeconds(facts) > 0.3 * facts.scriptSeconds) return 0;
    return isSmooth(facts) ? (facts.rows > 12_000 ? 0 : 12) : facts.rows > 5000 ? 0 : 6;
  },
  sized: () => ({}),
  python: (facts, options, seed) => {
    const { cost, gamma } = options;
    const kernel = gamma === undefined ? "" : `, gamma=${gamma}`;
    return byKind(
      facts,
      allScaled(facts, `SVR(C=${cost ?? 3}, epsilon=0.05${kernel})`, scaleOf(options)),
      `CalibratedClassifierCV(
    ${scaled(facts, `SVC(C=${cost ?? 10}${kernel}, random_state=${seed})`, scaleOf(options))}, ensemble=False, cv=3
)`,
    );
  },
  drawn: (facts, draw) => ({
    cost: draw.between(0.3, 30),
    ...(facts.homogeneous ? {} : { gamma: kernelWidth(facts, draw) }),
    ...drawnScale(draw, ["ranks"]),
  }),
};

/** A width of the kernel that suits so many scaled columns. */
const kernelWidth = (facts: Facts, draw: Draw): string =>
  `${Number((+draw.between(0.1, 2) / madeColumns(facts)).toPrecision(2))}`;

/** Only ever drawn, so that the line-up stays as it is. */
export const kernelFeatures: CatalogueModel = {
  name: "kernel-features",
  title: "Linear model of kernel features",
  description:
    "A linear model of likeness to sampled rows: a support vector machine for any number of rows.",
  package: "scikit-learn",
  suits: () => 0,
  sized: () => ({}),
  python: (facts, options, seed) => {
    const { gamma = "0.05", strength = "1", centres = "200" } = options;
    const model = byKind(
      facts,
      `Ridge(alpha=${strength})`,
      `LogisticRegression(C=${strength}, max_iter=300)`,
    );
    const kernel = `Nystroem(gamma=${gamma}, n_components=${centres}, random_state=${seed})`;
    const whole = `${kernel}, ${model}`;
    return facts.kind === "regression"
      ? allScaled(facts, whole, scaleOf(options))
      : scaled(facts, whole, scaleOf(options));
  },
  drawn: (facts, draw) => ({
    gamma: facts.homogeneous ? draw.between(0.0005, 0.05) : kernelWidth(facts, draw),
    strength: byKind(facts, draw.between(0.01, 3), draw.between(0.3, 30)),
    centres: facts.rows < 1000 ? "150" : draw.of(["200", "400"]),
    ...drawnScale(draw, ["ranks"]),
  }),
};
