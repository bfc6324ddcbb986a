import type { Facts } from "../recipe/facts.ts";
import { type Part, part, partsOfPlan, printParts } from "../recipe/recipe.ts";
import { suitableModels } from "./catalogue.ts";
import { drawnModels } from "./drawn-models.ts";

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

/** What of the line-up the initial solutions leave. */
export const restOfLineUp = (facts: Facts): Part[] =>
  lineUp(facts).slice(facts.turn.models * facts.turn.tracks);

/**
 * Models that no script of the run has fitted yet, some for each script of the track: the rest of the line-up goes round the
 * tracks; then they are drawn, without end.
 */
export function newMembers(facts: Facts): Part[][] {
  const { tracks, track } = facts.turn;
  const rest = restOfLineUp(facts);
  const scripts = rest.flatMap((_, at) =>
    at % TOGETHER === 0 ? [rest.slice(at, at + TOGETHER)] : [],
  );
  const own = scripts.filter((_, at) => at % tracks === (track - 1) % tracks);
  const drawn = facts.past === null ? [] : drawnModels(facts, TOGETHER);
  const tried = triedRecipes(facts);
  return [...own, ...(drawn.length === 0 ? [] : [drawn])].filter(
    (models) => !tried.has(printParts(models)),
  );
}

/** What the plans of the run's scripts came to. */
const triedRecipes = ({ past }: Facts): ReadonlySet<string> =>
  new Set((past ?? []).map(({ idea }) => printParts(partsOfPlan(idea) ?? [])));
