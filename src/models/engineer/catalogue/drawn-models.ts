import type { NotebookEntry } from "../../../core/tried-plan.ts";
import type { Facts } from "../recipe/facts.ts";
import { type Part, part, partsOfPlan } from "../recipe/recipe.ts";
import { suitableModels } from "./catalogue.ts";
import type { CatalogueModel } from "./catalogue-model.ts";
import { drawFor } from "./draw.ts";
import { kernelFeatures } from "./kernels.ts";

/** How well kernel features suit, beside the models that are there from the start. */
const KERNELS_SUIT = 5;
/** How much more a family promises whose every script brought something. */
const PRAISE = 3;

/** A script of the run and the models that it fitted. */
type Past = NotebookEntry & { models: readonly Part[] };

/**
 * Models with options that no script of the run had, drawn from the seed and their number, of as many families as are asked
 * for: those come first that suit the task, brought something before, took little time and were seldom tried. Tracks never
 * draw the same.
 */
export function drawnModels(facts: Facts, count: number): Part[] {
  const past = (facts.past ?? []).map((entry) => ({
    ...entry,
    models: partsOfPlan(entry.idea) ?? [],
  }));
  return familiesOf(facts)
    .filter(({ model }) => !past.some((one) => fits(one, model) && isTooLong(one)))
    .map((family) => ({ ...family, promise: promiseOf(family, past) }))
    .toSorted((a, b) => b.promise - a.promise)
    .slice(0, count)
    .map(({ model }) => drawnModel(facts, model, past));
}

const familiesOf = (facts: Facts): { model: CatalogueModel; suits: number }[] => [
  ...suitableModels(facts).map((model) => ({ model, suits: model.suits(facts) })),
  { model: kernelFeatures, suits: KERNELS_SUIT },
];

const fits = ({ models }: Past, { name }: CatalogueModel) =>
  models.some((each) => each.name === name);

const isTooLong = ({ problem }: Past) => /time limit|memory/i.test(problem ?? "");

function promiseOf({ model, suits }: { model: CatalogueModel; suits: number }, past: Past[]) {
  const own = past.filter((one) => fits(one, model));
  const useful = own.filter(({ blendGain }) => (blendGain ?? 0) > 0).length;
  const praise = 1 + (PRAISE * useful) / Math.max(1, own.length);
  const cost = secondsOf(own) / Math.max(1e-9, secondsOf(past));
  return (suits * praise) / (1 + own.length) / Math.max(0.5, cost);
}

const secondsOf = (scripts: readonly Past[]) =>
  scripts.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0) / Math.max(1, scripts.length);

/** The next of the family; the number that it is drawn from is its seed too, and belongs to the track alone. */
function drawnModel(facts: Facts, model: CatalogueModel, past: readonly Past[]): Part {
  const { tracks, track } = facts.turn;
  const seeds = past
    .flatMap(({ models }) => models.filter(({ name }) => name === model.name))
    .map(({ options }) => Number(options["seed"] ?? 0))
    .filter((seed) => seed > 0 && seed % tracks === track % tracks);
  const number = seeds.length === 0 ? track : Math.max(...seeds) + tracks;
  const draw = drawFor(`${facts.seed}/${model.name}/${number}`);
  const share = draw.of(["", "", "0.5", "0.7", "0.85"]);
  return part(model.name, {
    ...(model.drawn?.(facts, draw) ?? model.sized(facts)),
    ...(share === "" ? {} : { share }),
    seed: number,
  });
}
