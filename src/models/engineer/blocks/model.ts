import { modelOf, suitableModels } from "../catalogue/catalogue.ts";
import { tellingColumns } from "../catalogue/catalogue-model.ts";
import { drawnModels } from "../catalogue/drawn-models.ts";
import { newMembers } from "../catalogue/line-up.ts";
import type { Block, Idea } from "../recipe/block.ts";
import { byKind } from "../recipe/by-kind.ts";
import type { Facts } from "../recipe/facts.ts";
import { indent, pyString, withImports } from "../recipe/python.ts";
import { type Part, part, printParts, withPart } from "../recipe/recipe.ts";

/** Which models are fitted; their predictions are averaged. */
export const model: Block = {
  name: "Model",
  applies: () => true,
  initial: (_, models) => models,
  python: (facts, parts) => {
    const named = parts.map((each, at) => {
      const earlier = parts.slice(0, at).filter(({ name }) => name === each.name).length;
      return { each, name: pyString(`${each.name}${earlier === 0 ? "" : `-${earlier + 1}`}`) };
    });
    const telling = tellingColumns(facts);
    const what = named.map(({ each, name }) => `    ${name}: ${pyString(printParts([each]))},`);
    const made = named.map(({ each, name }) => {
      const { python, looksAtEach = false } = modelOf(each);
      const { seed, share } = each.options;
      const own = seed === undefined ? "SEED" : `SEED + ${seed}`;
      const model = python(facts, each.options, own);
      const steps = [
        ...(share === undefined ? [] : [`some_columns(${share}, ${own})`]),
        ...(looksAtEach && telling !== null ? [`MostTelling(${telling})`] : []),
        model,
      ];
      return `${name}: ${steps.length === 1 ? model : `make_pipeline(${steps.join(", ")})`},`;
    });
    const screened = telling !== null && parts.some((each) => modelOf(each).looksAtEach);
    const predict = byKind(facts, "predict", "predict_proba");
    const code = `MEMBERS = {
${what.join("\n")}
}
SECONDS = dict.fromkeys(MEMBERS, 0.0)${parts.some(({ options }) => "share" in options) ? SOME_COLUMNS : ""}${screened ? MOST_TELLING : ""}


def models():
    """Unfitted models by name; their predictions count the same."""
    return {
${indent(made.join("\n"), 8)}
    }


def fit_predict(X, y, X_other):
    """Each model's ${byKind(facts, "predictions", "class probabilities")} for \`X_other\`."""
    stack = []
    for name, model in models().items():
        start = time.process_time()
        stack.append(remembered(lambda: model.fit(X, y)).${predict}(X_other))
        SECONDS[name] += time.process_time() - start
    return np.stack(stack)`;
    return withImports(
      code,
      parts.flatMap((each) => modelOf(each).imports ?? []),
    );
  },
  ideas: (facts, current) => (facts.blended ? members(facts) : averages(facts, current)),
};

const SOME_COLUMNS = `


def chosen_columns(X, share, seed):
    """A share of the columns, chosen at random, always the same."""
    order = np.random.default_rng(seed).permutation(X.shape[1])
    return X[:, np.sort(order[: max(1, round(share * len(order)))])]


def some_columns(share, seed):
    """Lets a share of the columns through."""
    return FunctionTransformer(chosen_columns, kw_args={"share": share, "seed": seed})`;

const MOST_TELLING = `


class MostTelling(TransformerMixin, BaseEstimator):
    """Lets those columns through that tell most of the target by themselves, straight or bent; gaps tell nothing."""

    def __init__(self, count):
        self.count = count

    def fit(self, X, y):
        X, y = (values[:: len(X) // 10_000 + 1] for values in (X, y))
        wanted = y[:, None] == np.unique(y) if y.dtype.kind == "i" else y[:, None]
        wanted = (wanted - wanted.mean(axis=0)) / (wanted.std(axis=0) + 1e-12)
        straight = np.nan_to_num((X - np.nanmean(X, axis=0)) / (np.nanstd(X, axis=0) + 1e-12)).clip(-5, 5)
        bent = straight**2 / ((straight**2).std(axis=0) + 1e-12)
        told = np.maximum(*(np.abs(each.T @ wanted).max(axis=1) for each in (straight, bent)))
        self.chosen_ = np.sort(np.argsort(-told)[: self.count])
        return self

    def transform(self, X):
        return X[:, self.chosen_]`;

/** Where predictions are saved and blended, nothing is trained twice: models that are new. */
const members = (facts: Facts): Idea[] =>
  newMembers(facts).map((parts) => ({
    parts,
    words: `Fit ${parts.map(titled).join(" and ")} instead: new members for the blend, whose errors differ from those there.`,
  }));

/** Where scripts are all there is, the average grows by models whose errors differ; then come other options. */
const averages = (facts: Facts, current: readonly Part[]): Idea[] => [
  ...suitableModels(facts)
    .filter(({ name }) => !current.some((each) => each.name === name))
    .map((entry) => part(entry.name, entry.sized(facts)))
    .map((each) => ({ parts: [...current, each], words: `Average in ${titled(each)}.` })),
  ...current.flatMap((each) =>
    (modelOf(each).variants?.(facts) ?? [])
      .map((options) => part(each.name, options))
      .map((other) => ({ parts: withPart(current, other), words: `Fit ${titled(other)}.` })),
  ),
  ...(facts.past === null ? [] : drawnModels(facts, 1)).map((each) => ({
    parts: withPart(current.length < MOST_AVERAGED ? current : current.slice(1), each),
    words: `Average in ${titled(each)}.`,
  })),
];

/** A script that averages more models takes too long for what one of them adds. */
const MOST_AVERAGED = 4;

const titled = (each: Part): string => `${modelOf(each).title} as ${printParts([each])}`;
