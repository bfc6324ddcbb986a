import type { Facts } from "../recipe/facts.ts";
import type { Part } from "../recipe/recipe.ts";
import type { Draw } from "./draw.ts";

/** The model behind an imputer and a scaler; columns on one common scale are left as they are. */
export const scaled = ({ homogeneous }: Facts, model: string, scale = "StandardScaler()"): string =>
  `make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), ${homogeneous ? "" : `${scale}, `}${model})`;

/** Other scales, by their names in recipes. */
const SCALES: Readonly<Record<string, string>> = {
  ranks: 'QuantileTransformer(output_distribution="normal", n_quantiles=200)',
  splines: 'StandardScaler(), SplineTransformer(n_knots=6, extrapolation="linear")',
};
/** The scale that the options name; nothing for the usual one. */
export const scaleOf = ({ scale }: Part["options"]) => SCALES[scale ?? ""];

/** One of these scales, or the usual one. */
export const drawnScale = (draw: Draw, names: readonly string[]): Part["options"] => {
  const scale = draw.of(["", ...names]);
  return scale === "" ? {} : { scale };
};

/** The same, of a target that is scaled too. */
export const allScaled = (
  facts: Facts,
  model: string,
  scale?: string,
): string => `TransformedTargetRegressor(
    ${scaled(facts, model, scale)},
    transformer=StandardScaler(),
)`;
