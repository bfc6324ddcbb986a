import type { Feature } from "../recipe/block.ts";
import { featureBlock } from "./feature-block.ts";

const calendar: Feature = {
  name: "calendar",
  words: "Split the dates into those calendar parts that vary and whose values are known.",
  body: () => `
def parts(rows):
    return pd.DataFrame(
        {
            f"{column} {part}": getattr(rows[column].dt, part)
            for column in DATE_COLUMNS
            for part in ("year", "quarter", "month", "day", "day_of_week", "hour", "minute")
        }
    ).astype(float)

fit_parts, other_parts = parts(fit), parts(other)
useful = [
    part
    for part in fit_parts
    if fit_parts[part].nunique() > 1 and other_parts[part].isin(fit_parts[part]).mean() > 0.9
]
return fit_parts[useful], other_parts[useful]`,
};

const cyclic: Feature = {
  name: "cyclic",
  words: "Add day, week and year as circles, so that midnight and new year have no edge.",
  body: () => `
def circled(rows):
    columns = []
    for column in DATE_COLUMNS:
        moment = rows[column].dt
        hours = moment.hour + moment.minute / 60
        for turn in (hours / 24, moment.day_of_week / 7 + hours / 168, moment.day_of_year / 365.25):
            columns += [np.sin(2 * np.pi * turn), np.cos(2 * np.pi * turn)]
    return np.column_stack(columns)

return circled(fit), circled(other)`,
};

const elapsed: Feature = {
  name: "elapsed",
  words: "Add the days since the first row, so that the model can follow the trend.",
  body: () => `
def since(rows):
    passed = [rows[column] - fit[column].min() for column in DATE_COLUMNS]
    return np.column_stack([each.dt.total_seconds() / 86400 for each in passed])

return since(fit), since(other)`,
};

const crossings: Feature = {
  name: "crossings",
  words: "Cross the hour with weekday, month and flags: each kind of day has its own rhythm.",
  body: () => `
flags = [flag for flag in NUMBER_COLUMNS + CATEGORY_COLUMNS if train[flag].nunique() <= 4][:4]

def crossed(rows):
    columns = []
    for column in DATE_COLUMNS:
        moment = rows[column].dt
        columns += [moment.day_of_week * 24 + moment.hour, moment.month * 24 + moment.hour]
        for flag in flags:
            columns.append(pd.factorize(train[flag], sort=True)[1].get_indexer(rows[flag]) * 24 + moment.hour)
    return np.column_stack(columns)

return crossed(fit), crossed(other)`,
};

/** What can be made of dates and times. */
export const dates = featureBlock({
  name: "Dates",
  features: [calendar, cyclic, crossings, elapsed],
  applies: (facts) => facts.dates.length > 0,
  initial: () => ["calendar", "cyclic", "crossings", "elapsed"],
});
