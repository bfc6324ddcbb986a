import type { Feature } from "../recipe/block.ts";
import { byKind } from "../recipe/by-kind.ts";
import { featureBlock } from "./feature-block.ts";

/** A linear model of the texts alone; its out-of-fold predictions become columns. */
const linear = (name: string, vectorizer: string, words: string): Feature => ({
  name,
  words,
  body: (facts) => {
    const shares = byKind(facts, "", ', method="predict_proba"');
    const told = (python: string) => byKind(facts, python, `log_odds(${python})`);
    return `
columns_fit, columns_other = [], []
for column in TEXT_COLUMNS:
    vectorizer = TfidfVectorizer(${vectorizer}, min_df=2, sublinear_tf=True)
    texts = vectorizer.fit_transform(written(fit, column))
    texts_other = vectorizer.transform(written(other, column))
    model = ${byKind(facts, "Ridge(alpha=1)", "LogisticRegression(C=20, max_iter=300)")}
    columns_fit.append(${told(`remembered(lambda: cross_val_predict(model, texts, y, cv=5${shares}))`)})
    columns_other.append(${told(`remembered(lambda: model.fit(texts, y)).${byKind(facts, "predict", "predict_proba")}(texts_other)`)})
return np.column_stack(columns_fit), np.column_stack(columns_other)`;
  },
});

const LOG_ODDS = `


def log_odds(shares):
    """How much likelier each class is than the first."""
    return np.log(shares[:, 1:] + 1e-6) - np.log(shares[:, :1] + 1e-6)`;

const lengths: Feature = {
  name: "lengths",
  words: "Measure the texts: characters, words, digits, capitals, punctuation.",
  body: () => `
patterns = [r"(?s).", r"\\w+", r"\\d", r"[A-Z]", r"[!?]", r"[^\\w\\s]", r"https?:|www\\."]

def measured(rows):
    texts = [written(rows, column) for column in TEXT_COLUMNS]
    return np.log1p(np.column_stack([text.str.count(each) for text in texts for each in patterns]))

return measured(fit), measured(other)`,
};

/** What can be made of texts. */
export const texts = featureBlock({
  name: "Texts",
  features: [
    linear(
      "linear-words",
      "ngram_range=(1, 2), max_features=50_000",
      "Let a linear model read words and word pairs, and hand its out-of-fold opinion on.",
    ),
    linear(
      "linear-characters",
      'analyzer="char_wb", ngram_range=(2, 5), max_features=100_000',
      "Let a linear model read character sequences, which forgive spelling, out of fold.",
    ),
    lengths,
  ],
  applies: (facts) => facts.texts.length > 0,
  preamble: (facts) => `
def written(rows, column):
    """A text column without gaps."""
    return rows[column].fillna("").astype(str)${byKind(facts, "", LOG_ODDS)}`,
  initial: () => ["linear-words", "lengths"],
});
