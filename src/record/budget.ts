import { Caps } from "../core/caps.ts";
import type { Step } from "../core/step.ts";
import { barrenRow, expectedCost, neededCost } from "./expected-cost.ts";
import type { Ledger } from "./ledger.ts";
import { type Spent, sumOf } from "./spent.ts";

type Cap = keyof Caps;

/** What a decision about the next step rests on, beside the caps and the run's history. */
export interface Outlook {
  /** What is kept for the submission. */
  reserve: Spent;
  /** What is expected of calls and scripts that have begun and not ended. */
  inFlight: Spent;
  /** Whether ensembles are still to come. */
  ensembles: boolean;
}

/**
 * The cap that the step would break, in a sentence; null when it may begin. A loop leaves room for what promises more:
 * an ensemble round that is still to come, and one more attempt for each in a row that brought it nothing. So the loops
 * end in the order of least expected gain. A step that was begun before costs nothing again.
 */
export function capInTheWay(
  caps: Caps,
  ledger: Ledger,
  step: Step,
  { reserve, inFlight, ensembles }: Outlook,
): string | null {
  if (Caps.keyof().options.every((name) => caps[name] === null) || ledger.isBegun(step))
    return null;
  const barren = Array.from({ length: barrenRow(step, ledger) }, () =>
    expectedCost(step.kind === "ensemble" ? "ensemble" : "attempt", ledger),
  );
  const promising = step.kind !== "ensemble" && ensembles ? [expectedCost("ensemble", ledger)] : [];
  const needed = sumOf([
    neededCost(step, ledger),
    reserve,
    { ...inFlight, seconds: 0 },
    ...promising,
    ...barren,
  ]);
  const { spent } = ledger;
  const broken = capsReached(caps, sumOf([spent, needed]), "beyond")[0];
  if (broken === undefined) return null;
  return `${titleOf(broken)}: ${round(spent[broken])} of ${round(caps[broken] ?? 0)} are spent, and this step with what is kept for better ones and for the submission would take about ${round(needed[broken])}`;
}

/** The caps that an amount reaches, or goes beyond. */
export function capsReached(caps: Caps, amount: Spent, how: "reached" | "beyond"): Cap[] {
  return Caps.keyof().options.filter((name) => {
    const limit = caps[name];
    if (limit === null) return false;
    return how === "beyond" ? amount[name] > limit : amount[name] >= limit;
  });
}

/** A cap and what was spent of it, for people. */
export const capSpent = (cap: Cap, caps: Caps, spent: Spent): string =>
  `${titleOf(cap)}: ${round(spent[cap])} of ${round(caps[cap] ?? 0)} are spent`;

const titleOf = (cap: Cap): string => Caps.shape[cap].meta()?.title ?? cap;

const round = (value: number) =>
  new Intl.NumberFormat("en-US", { maximumSignificantDigits: 4 }).format(value);
