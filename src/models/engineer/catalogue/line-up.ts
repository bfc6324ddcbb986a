import type { Facts } from "../recipe/facts.ts";
import { type Part, part } from "../recipe/recipe.ts";
import { suitableModels } from "./catalogue.ts";

/** New models of one script: as many as keep its fixed costs small. */
const TOGETHER = 2;

/** The task's models as it suits them, best first: each family as it comes, then each family's first variant, and so on. */
function lineUp(facts: Facts): Part[] {
  const families = suitableModels(facts).map((model) =>
    [model.sized(facts), ...(model.variants?.(facts) ?? [])].map((each) => part(model.name, each)),
  );
  const longest = Math.max(...families.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) =>
    families.flatMap((family) => family.slice(at, at + 1)),
  ).flat();
}

/**
 * Models that no script of the run has fitted yet, some for each script of the track: the first of the line-up are the initial
 * solutions', the rest go round the tracks.
 */
export function newMembers(facts: Facts): Part[][] {
  const { models, tracks, track } = facts.turn;
  const fresh = lineUp(facts).slice(models * tracks);
  const scripts = fresh.flatMap((_, at) =>
    at % TOGETHER === 0 ? [fresh.slice(at, at + TOGETHER)] : [],
  );
  return scripts.filter((_, at) => at % tracks === (track - 1) % tracks);
}
