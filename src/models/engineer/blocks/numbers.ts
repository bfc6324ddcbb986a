import type { Column } from "../../../core/task.ts";
import type { Feature } from "../recipe/block.ts";
import type { Facts } from "../recipe/facts.ts";
import { pyList } from "../recipe/python.ts";
import { areTrees, featureBlock } from "./feature-block.ts";

/** Names of the first numeric columns of that kind; pixels and spectra have none. */
const chosen =
  (most: number, isMeant: (column: Column) => boolean) =>
  ({ numbers, homogeneous }: Facts): string[] =>
    (homogeneous ? [] : numbers.filter(isMeant)).slice(0, most).map(({ name }) => name);

const isFromZero = ({ min }: Column) => (min ?? -1) >= 0;

const counts = chosen(
  5,
  (column) =>
    column.integer && isFromZero(column) && (column.max ?? 0) >= 100 && column.distinct > 50,
);
const skewed = chosen(
  12,
  (column) => isFromZero(column) && (column.max ?? 0) >= 10 && column.distinct > 20,
);
const varied = chosen(6, ({ distinct }) => distinct > 12);

const plain: Feature = {
  name: "plain",
  words: "Use the numeric columns; many of one kind, such as pixels, keep one common scale.",
  body: ({ homogeneous }) =>
    homogeneous
      ? `
middle, spread = np.nanmean(fit[NUMBER_COLUMNS]), np.nanstd(fit[NUMBER_COLUMNS])
return tuple((rows[NUMBER_COLUMNS] - middle) / spread for rows in (fit, other))`
      : "return fit[NUMBER_COLUMNS], other[NUMBER_COLUMNS]",
};

const ratios: Feature = {
  name: "ratios",
  suits: (facts) => counts(facts).length >= 2,
  words: "Divide related counts by each other: rates say more than totals.",
  body: (facts) => `
def divided(rows):
    pairs = combinations(${pyList(counts(facts))}, 2)
    return np.column_stack([rows[a] / (rows[b] + 1e-9) for a, b in pairs])

return divided(fit), divided(other)`,
};

const logs: Feature = {
  name: "logs",
  suits: (facts) => skewed(facts).length > 0,
  words: "Add logarithms of the skewed columns, which linear and distance-based models need.",
  body: (facts) => `
columns = ${pyList(skewed(facts))}
return tuple(np.log1p(rows[columns].clip(lower=0)) for rows in (fit, other))`,
};

const products: Feature = {
  name: "products",
  suits: (facts) => varied(facts).length >= 2,
  words: "Add products of the main columns, so that interactions need not be found by the model.",
  body: (facts) => `
columns = ${pyList(varied(facts))}
middle, spread = fit[columns].mean(), fit[columns].std() + 1e-9

def multiplied(rows):
    values = (rows[columns] - middle) / spread
    return np.column_stack([values[a] * values[b] for a, b in combinations(columns, 2)])

return multiplied(fit), multiplied(other)`,
};

/** What can be made of numeric columns. */
export const numbers = featureBlock({
  name: "Numbers",
  features: [plain, ratios, logs, products],
  applies: (facts) => facts.numbers.length > 0,
  // Where predictions are blended, models of other kinds follow trees in the script.
  initial: (facts, models) => [
    ...["plain", "ratios"],
    ...(facts.blended || !areTrees(models) ? ["logs"] : []),
  ],
});
