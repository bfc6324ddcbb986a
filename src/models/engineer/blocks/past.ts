import type { Feature } from "../recipe/block.ts";
import { featureBlock } from "./feature-block.ts";

/** A table of each series at each step, of what was known a horizon before: `body` makes frames of \`known\`. */
const looksBack = (name: string, words: string, body: string): Feature => ({
  name,
  words,
  body: () => `
known, horizon = history(fit, y, other)
${body}
return looked_up(frames, fit), looked_up(frames, other)`,
});

const recent = looksBack(
  "recent",
  "Tell where each series stood when it was last known: its latest value, and averages of a week's and a month's worth before.",
  `earlier = known.ffill().shift(horizon)
frames = [earlier] + [earlier.rolling(width, min_periods=1).mean() for width in (4, 7, 28)]`,
);

const seasons = looksBack(
  "seasons",
  "Tell what each series was one season before, and on average at this turn of the season, as far as was known by then.",
  `frames = []
for season in SEASONS:
    earlier = known.shift(-(-horizon // season) * season)
    frames += [earlier, sum(earlier.shift(turn * season).fillna(earlier) for turn in range(3)) / 3]`,
);

/** What a series was, as far as it was known when each row is asked about. */
export const past = featureBlock({
  name: "Past",
  features: [recent, seasons],
  applies: ({ series }) => series !== null,
  initial: () => ["recent", "seasons"],
  preamble: () => `
MOMENTS = np.sort(pd.concat([train[TIME], test[TIME]]).dropna().unique())
STEP = np.median(np.diff(MOMENTS)) / np.timedelta64(1, "h")
# Steps of a week and a year, or of a day and a week; one at least.
SEASONS = [round(hours / STEP) for hours in ((24, 168) if STEP < 12 else (168, 8736)) if hours >= 2 * STEP] or [1]


def steps(rows):
    """The number of each row's step in time."""
    hours = (rows[TIME] - MOMENTS[0]).dt.total_seconds() / 3600
    return (hours / STEP).round().fillna(-1).astype(int).to_numpy()


def history(fit, y, other):
    """The series at every step, a column each, and how far ahead of what is known the rows held out lie."""
    table = pd.DataFrame({"step": steps(fit), "series": series_of(fit), "y": y})
    known = table.pivot_table(index="step", columns="series", values="y").reindex(range(steps(pd.concat([fit, other])).max() + 1))
    held = FOLDS >= 0
    return known, int(max(1, steps(train[held]).max() - steps(train[~held]).max()))


def looked_up(frames, rows):
    """What the frames hold for each row's series and step."""
    columns = frames[0].columns.get_indexer(series_of(rows))
    values = np.column_stack([frame.to_numpy()[steps(rows), columns] for frame in frames])
    return np.where(columns[:, None] >= 0, values, np.nan)`,
});
