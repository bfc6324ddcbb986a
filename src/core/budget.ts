import { z } from "zod";
import { barrenRow, expectedCost, type Spent, sumOf, tokensOf } from "./expected-cost.ts";
import { type RecordedEvent, secondsWorked } from "./run-event.ts";
import { isBegun, type Step } from "./step.ts";

const cap = (title: string, description: string) =>
  z.number().positive().nullable().default(null).meta({ title, description });

/** What a run may spend at most, counted over all its resumptions; null for no cap. */
export const Caps = z.object({
  seconds: cap("Time", "wall-clock seconds of work"),
  scriptRuns: cap("Script runs", "scripts run"),
  scriptSeconds: cap("Script time", "seconds of all scripts together"),
  tokens: cap("Tokens", "tokens of the language model, in and out"),
  usd: cap("Money", "US dollars, as far as prices are known"),
});
export type Caps = z.infer<typeof Caps>;
type Cap = keyof Caps;

export const NO_CAPS: Caps = Caps.parse({});

/** What a run has spent so far, from its events. */
export function spentOf(events: readonly RecordedEvent[]): Spent {
  const spent = {
    seconds: secondsWorked(events),
    scriptRuns: 0,
    scriptSeconds: 0,
    tokens: 0,
    usd: 0,
  };
  for (const event of events) {
    if (event.type === "script" && event.origin !== "cache") {
      spent.scriptRuns += 1;
      spent.scriptSeconds += event.seconds;
    }
    if (event.type === "agent") {
      spent.tokens += tokensOf(event.usage);
      spent.usd += event.usage?.costUsd ?? 0;
    }
  }
  return spent;
}

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
  events: readonly RecordedEvent[],
  step: Step,
  { reserve, inFlight, ensembles }: Outlook,
): string | null {
  if (Caps.keyof().options.every((name) => caps[name] === null) || isBegun(events, step))
    return null;
  const barren = Array.from({ length: barrenRow(step, events) }, () =>
    expectedCost(step.kind === "ensemble" ? "ensemble" : "attempt", events),
  );
  const promising = step.kind !== "ensemble" && ensembles ? [expectedCost("ensemble", events)] : [];
  const needed = sumOf([
    expectedCost(step.kind, events),
    reserve,
    { ...inFlight, seconds: 0 },
    ...promising,
    ...barren,
  ]);
  const spent = spentOf(events);
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
