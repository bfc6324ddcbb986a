import type { RunPurpose } from "../../core/candidate.ts";
import { Place, place } from "../../core/place.ts";
import type { Settings } from "../../core/settings.ts";
import type { Ledger } from "../../record/ledger.ts";
import type { Plan } from "./run-view.ts";

/** Of these nobody knows whether they come. */
const UNFORESEEN: ReadonlySet<RunPurpose> = new Set(["proof", "exploration"]);

/** How far a run is, in scripts; and the seconds it may still take, null before the first script has ended. */
export type Estimate = ReturnType<typeof estimateEnd>;

/**
 * Counts the scripts that the settings ask for and that stages gone by have not made needless, and takes each to last as
 * long as those so far did, side by side as they ran. Corrections of failing scripts come on top and are not foreseen.
 */
export function estimateEnd(
  ledger: Ledger,
  settings: Settings,
  { graph, scripts }: Omit<Plan, "caps">,
) {
  const { tracks, models, outerSteps, innerSteps, ensembleRounds } = settings;
  const isWhole = graph === "mle-star";
  const branches =
    scripts.length > 0
      ? scripts.map((_, index) => place.given(index + 1))
      : Array.from({ length: isWhole ? tracks : 1 }, (_, index) => place.track(index + 1));
  const refines = isWhole || graph === "refinement";
  const combines = graph === "ensemble" || (isWhole && tracks > 1);

  const isBegun = ({ text }: Place) => ledger.isBegun({ at: text });
  const isSubmitted = ledger.result !== null || isBegun(place.submission);
  const isCombined = isSubmitted || isBegun(place.ensemble);
  const isRefined = isCombined || branches.every((branch) => isBegun(branch.refine(1)));
  const first = scripts.length > 0 ? 1 : 2 * models - 1;
  const foreseen = {
    "initial solutions": isRefined ? 0 : branches.length * first,
    refinement: isCombined || !refines ? 0 : branches.length * outerSteps * (innerSteps + 1),
    ensemble: isSubmitted || !combines ? 0 : ensembleRounds,
  };

  const foreseeable = ledger.executions.filter(({ purpose }) => !UNFORESEEN.has(purpose));
  const places = foreseeable.map(({ run }) => Place.parse(run.id));
  const planned = places.filter(({ name }) => name !== "debug").map((at) => [at.text, at] as const);
  const done = [...new Map(planned).values()];
  const left = Object.entries(foreseen).reduce((sum, [stage, count]) => {
    const gone = done.filter((at) => at.stage === stage).length;
    return sum + Math.max(0, count - gone);
  }, 0);
  const secondsLeft = done.length === 0 ? null : (left * ledger.secondsWorked) / done.length;
  return { done: done.length, left, secondsLeft };
}
