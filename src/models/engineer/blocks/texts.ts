import type { Feature } from "../recipe/block.ts";
import { byKind } from "../recipe/by-kind.ts";
import type { Facts } from "../recipe/facts.ts";
import { pyString } from "../recipe/python.ts";
import { featureBlock } from "./feature-block.ts";

/** The column that numbers all rows, those of train before those of test. */
const ROW = pyString("./row");

/** Characters that sequences of characters can be counted of in a script of two minutes, and at all. */
const EASY_CHARACTERS = 3e6;
const MOST_CHARACTERS = 3e7;

const characters = ({ texts, rows }: Facts): number =>
  rows * texts.reduce((sum, { meanLength }) => sum + meanLength, 0);

const isEasy = (facts: Facts): boolean =>
  characters(facts) < EASY_CHARACTERS * Math.max(1, facts.scriptSeconds / 120);

/** What a model reads in the texts alone; its out-of-fold opinion becomes columns. */
const opinion = (
  name: string,
  terms: "WORDS" | "CHARACTERS",
  words: string,
  model: (facts: Facts) => string,
  suits: Feature["suits"] = () => true,
): Feature => ({
  name,
  words,
  suits: (facts) => suits(facts) && (terms === "WORDS" || characters(facts) < MOST_CHARACTERS),
  body: (facts) => `return opinions(fit, y, other, ${terms}, ${model(facts)})`,
});

const line = (facts: Facts) => byKind(facts, "Ridge(alpha=1)", "LinearSVC(C=1, random_state=SEED)");
const bayes = () => "MultinomialNB(alpha=0.05)";
const ofClasses = ({ kind }: Facts) => kind !== "regression";

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

const topics: Feature = {
  name: "topics",
  words: "Place the texts among fifty directions of common wording, which trees can split by.",
  body: () => `
terms, terms_other = (hstack(each).tocsr() for each in zip(*(weighed(fit, other, column, WORDS) for column in TEXT_COLUMNS)))
directions = TruncatedSVD(min(50, terms.shape[1] - 1), random_state=SEED).fit(terms)
return directions.transform(terms), directions.transform(terms_other)`,
};

const PREAMBLE = `
# Words and marks, alone and in pairs; sequences of two to five characters within words.
WORDS = {"ngram_range": (1, 2), "min_df": 2, "max_features": 50_000, "token_pattern": r"\\w+|[^\\w\\s]"}
CHARACTERS = {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 2, "max_features": 100_000}
train[${ROW}], test[${ROW}] = np.arange(len(train)), len(train) + np.arange(len(test))
COUNTS = {}


def written(rows, column):
    """A text column without gaps."""
    return rows[column].fillna("").astype(str)


def weighed(fit, other, column, terms):
    """How much of each term that the rows of \`fit\` repeat the texts hold; counted once for the whole script."""
    known = (column, id(terms))
    if known not in COUNTS:
        vectorizer = CountVectorizer(**terms)
        counts = vectorizer.fit_transform(written(train, column))
        COUNTS[known] = vstack([counts, vectorizer.transform(written(test, column))]).tocsr()
    counts, counts_other = (COUNTS[known][rows[${ROW}].to_numpy()] for rows in (fit, other))
    repeated = counts.getnnz(axis=0) > 1
    weights = TfidfTransformer(sublinear_tf=True).fit(counts[:, repeated])
    return weights.transform(counts[:, repeated]), weights.transform(counts_other[:, repeated])`;

const OPINIONS_OF_NUMBERS = `


def opinions(fit, y, other, terms, model):
    """What the model makes of each text column: out of fold for the rows that it learns from."""
    told, told_other = [], []
    for column in TEXT_COLUMNS:
        texts, texts_other = weighed(fit, other, column, terms)
        fitted = remembered(lambda: clone(model).fit(texts, y))
        told.append(remembered(lambda: cross_val_predict(model, texts, y, cv=5)))
        told_other.append(fitted.predict(texts_other))
    return np.column_stack(told), np.column_stack(told_other)`;

const OPINIONS_OF_CLASSES = `


def opinions(fit, y, other, terms, model):
    """What the model makes of each text column, as odds or margins: out of fold for the rows that it learns from."""
    method = "decision_function" if hasattr(model, "decision_function") else "predict_proba"
    told, told_other = [], []
    for column in TEXT_COLUMNS:
        texts, texts_other = weighed(fit, other, column, terms)
        out_of_fold = remembered(lambda: cross_val_predict(model, texts, y, cv=5, method=method))
        fitted = remembered(lambda: clone(model).fit(texts, y))
        told.append(margins(out_of_fold, method))
        told_other.append(margins(getattr(fitted, method)(texts_other), method))
    return np.column_stack(told), np.column_stack(told_other)


def margins(values, method):
    """How far each class is ahead: margins as they are, shares as their logarithms beside the first's."""
    if method == "predict_proba":
        values = np.log(values[:, 1:] + 1e-6) - np.log(values[:, :1] + 1e-6)
    return np.clip(values.reshape(len(values), -1), -30, 30)`;

/** What can be made of texts. */
export const texts = featureBlock({
  name: "Texts",
  features: [
    opinion(
      "linear-words",
      "WORDS",
      "Let a linear model read words and pairs of them, and hand its out-of-fold opinion on.",
      line,
    ),
    opinion(
      "bayes-words",
      "WORDS",
      "Ask naive Bayes about words and pairs of them, out of fold: few texts teach it much.",
      bayes,
      ofClasses,
    ),
    opinion(
      "linear-characters",
      "CHARACTERS",
      "Let a linear model read character sequences, which forgive spelling, out of fold.",
      line,
    ),
    opinion(
      "bayes-characters",
      "CHARACTERS",
      "Ask naive Bayes about character sequences, out of fold.",
      bayes,
      ofClasses,
    ),
    topics,
    lengths,
  ],
  applies: (facts) => facts.texts.length > 0,
  preamble: (facts) => `${PREAMBLE}${byKind(facts, OPINIONS_OF_NUMBERS, OPINIONS_OF_CLASSES)}`,
  initial: (facts) => [
    ...["linear-words", "bayes-words", "lengths"],
    ...(isEasy(facts) ? ["linear-characters"] : []),
  ],
});
