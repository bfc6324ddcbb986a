import type { Facts } from "./facts.ts";

/** The regression's text, or the classification's. */
export const byKind = ({ kind }: Facts, regression: string, classes: string): string =>
  kind === "regression" ? regression : classes;

/** The Python class of an estimator that comes as `...Regressor` and `...Classifier`. */
export const estimator = (facts: Facts, stem: string): string =>
  `${stem}${byKind(facts, "Regressor", "Classifier")}`;
