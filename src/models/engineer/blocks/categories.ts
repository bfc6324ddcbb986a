import type { Feature } from "../recipe/block.ts";
import { byKind } from "../recipe/by-kind.ts";
import type { Facts } from "../recipe/facts.ts";
import { areTrees, featureBlock } from "./feature-block.ts";

const transformed = (encoder: string, table: string) => `
encoder = ${encoder}
return encoder.fit_transform(${table}(fit), y), encoder.transform(${table}(other))`;

/** Columns that an encoder makes of the categories. */
const encoded = (name: string, words: string, encoder: (facts: Facts) => string): Feature => ({
  name,
  words,
  body: (facts) => transformed(encoder(facts), "words"),
});

const targetEncoder = (facts: Facts) =>
  `TargetEncoder(target_type=${byKind(facts, '"continuous"', '"auto"')}, random_state=SEED)`;

const pairs: Feature = {
  name: "category-pairs",
  suits: ({ categories }) => categories.length >= 2,
  words: "Cross the categories in pairs and add the pairs' average targets, out of fold.",
  body: (facts) => `
def crossed(rows):
    texts = words(rows)
    pairs = list(combinations(CATEGORY_COLUMNS, 2))[:15]
    return pd.DataFrame({f"{a} {b}": texts[a] + " " + texts[b] for a, b in pairs})
${transformed(targetEncoder(facts), "crossed")}`,
};

/** Columns that trees are given for the sake of other models. */
const MOST_INDICATORS = 60;

/** How categories become numbers. */
export const categories = featureBlock({
  name: "Categories",
  features: [
    encoded(
      "codes",
      "Number the categories, which is all that trees need; unknown ones get -1.",
      () => 'OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)',
    ),
    encoded(
      "one-hot",
      "Give each common category a column of its own, so that linear models can weigh it.",
      () =>
        'OneHotEncoder(max_categories=20, handle_unknown="infrequent_if_exist", sparse_output=False)',
    ),
    encoded(
      "category-targets",
      "Replace each category by its average target, computed out of fold and shrunk when rare.",
      targetEncoder,
    ),
    pairs,
  ],
  applies: ({ categories }) => categories.length > 0,
  preamble: () => `
def words(rows):
    """The categories as text, gaps included."""
    return rows[CATEGORY_COLUMNS].astype(object).fillna("missing").astype(str)`,
  initial: ({ categories, blended }, models) => {
    const many = categories.some(({ distinct }) => distinct > 20);
    const width = categories.reduce((sum, { distinct }) => sum + Math.min(20, distinct), 0);
    // Where predictions are blended, models of other kinds follow these in the script.
    const trees = areTrees(models);
    return [
      ...(trees || blended ? ["codes"] : []),
      ...(!trees || (blended && width <= MOST_INDICATORS) ? ["one-hot"] : []),
      ...(many ? ["category-targets"] : []),
    ];
  },
});
