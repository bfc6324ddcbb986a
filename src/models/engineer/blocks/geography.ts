import type { Feature } from "../recipe/block.ts";
import { byKind, estimator } from "../recipe/by-kind.ts";
import { pyList } from "../recipe/python.ts";
import { featureBlock } from "./feature-block.ts";

const rotations: Feature = {
  name: "rotations",
  words:
    "Turn the coordinates by several angles, so that a tree's splits can follow slanted borders.",
  body: () => `
def turned(rows):
    east, north = place(rows).T
    angles = np.deg2rad([15, 30, 45, 60, 75])
    return np.outer(east, np.cos(angles)) + np.outer(north, np.sin(angles))

return turned(fit), turned(other)`,
};

const clusters: Feature = {
  name: "clusters",
  words: "Add the distances to the centres of the places' clusters as landmarks.",
  body: () => `
landmarks = KMeans(12, n_init=3, random_state=SEED).fit(place(fit))
return landmarks.transform(place(fit)), landmarks.transform(place(other))`,
};

const neighbours: Feature = {
  name: "neighbours",
  words: "Add the average target of the nearest places; no row counts as its own neighbour.",
  body: (facts) => {
    const predict = byKind(facts, "predict", "predict_proba");
    return `
model = ${estimator(facts, "KNeighbors")}(10, weights="distance").fit(place(fit), y)
return model.${predict}(None), model.${predict}(place(other))`;
  },
};

const surroundings: Feature = {
  name: "surroundings",
  suits: ({ numbers }) => numbers.length > 2,
  words: "Describe each place by the average numbers of the places around it.",
  body: () => `
search = NearestNeighbors(n_neighbors=12).fit(place(fit))
values = fit[NUMBER_COLUMNS].drop(columns=PLACE_COLUMNS).to_numpy(float)
around = (search.kneighbors(points, return_distance=False) for points in (None, place(other)))
return tuple(np.nanmean(values[rows], axis=1) for rows in around)`,
};

/** What can be made of latitude and longitude. */
export const geography = featureBlock({
  name: "Geography",
  features: [neighbours, rotations, surroundings, clusters],
  applies: ({ place }) => place !== null,
  preamble: ({ place }) => `
PLACE_COLUMNS = ${pyList([place?.longitude ?? "", place?.latitude ?? ""])}
MIDDLE = train[PLACE_COLUMNS].agg(["min", "max"]).mean()


def place(rows):
    """East and north in degrees of latitude; a missing place goes to the middle of the map."""
    return rows[PLACE_COLUMNS].fillna(MIDDLE).to_numpy(float) * [np.cos(np.deg2rad(MIDDLE.iloc[1])), 1]`,
  initial: () => ["neighbours", "rotations", "clusters"],
});
