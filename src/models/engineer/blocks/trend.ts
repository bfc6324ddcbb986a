import type { Block } from "../recipe/block.ts";
import { pyString, withImports } from "../recipe/python.ts";
import { part } from "../recipe/recipe.ts";

const WORDS =
  "Let a straight line and the year's round carry each series on, and learn what is left: trees alone never leave the range they saw.";

const LINE = `    start, known = train[TIME].min(), fit[TIME]
    span = max(1, (known.max() - known.min()).days)
    turns = (1, 2) if span > 550 else ()

    def basis(rows):
        days = (rows[TIME] - start).dt.total_seconds().to_numpy() / 86_400
        waves = [wave(2 * np.pi * turn * days / 365.25) for turn in turns for wave in (np.sin, np.cos)]
        return np.column_stack([np.ones(len(days)), days / span, *waves])

    X, X_other, base, base_other = basis(fit), basis(other), np.zeros(len(fit)), np.zeros(len(other))
    names, names_other = series_of(fit), series_of(other)
    for name in set(names) | set(names_other):
        own = names == name if (names == name).sum() >= 30 else np.full(len(fit), True)
        line = Ridge(alpha=0.1, fit_intercept=False).fit(X[own], y[own])
        base[names == name] = line.predict(X)[names == name]
        base_other[names_other == name] = line.predict(X_other)[names_other == name]
    return base, base_other`;

/** What of a series goes on by itself, and is taken off before the models learn. */
export const trend: Block = {
  name: "Trend",
  applies: ({ series }) => series !== null,
  initial: () => [part("line")],
  python: ({ series }, parts) =>
    withImports(`TIME = ${pyString(series ?? "")}


def series_columns():
    """The columns that tell one series from another: the fewest, two at most, by which no moment comes twice."""
    codes = [column for column in NUMBER_COLUMNS if train[column].nunique() < len(train) / 20]
    for count in (0, 1, 2):
        for columns in combinations(CATEGORY_COLUMNS + codes, count):
            if not train.duplicated([TIME, *columns]).any():
                return list(columns)
    return []


SERIES = series_columns()


def series_of(rows):
    """The name of each row's series."""
    return rows[SERIES].astype(str).agg(" ".join, axis=1).to_numpy() if SERIES else np.full(len(rows), "")


def trend(fit, y, other):
    """What goes on by itself, of both row sets, learnt from the rows of \`fit\`."""
${parts.length === 0 ? "    return np.zeros(len(fit)), np.zeros(len(other))" : LINE}`),
  ideas: (_, current) =>
    current.length === 0
      ? [{ parts: [part("line")], words: WORDS }]
      : [{ parts: [], words: "Leave the trend to the models: it may not go on as it went." }],
};
