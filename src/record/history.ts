import { type Attempt, compareAttempts, hasSubmission } from "./attempt.ts";
import { type EventOf, ofType, type RecordedEvent } from "./event.ts";
import type { Ledger } from "./ledger.ts";

export type RunState = "done" | "no solution" | "unfinished" | "interrupted" | "failed";

/** Where a run stands, in a word or two. */
export function stateOf(events: readonly RecordedEvent[]): RunState {
  const anew = events.findLastIndex((event) => event.type === "opened" && event.anew);
  const result = ofType(events.slice(anew + 1), "result").at(-1);
  if (result !== undefined) return result.score === null ? "no solution" : "done";
  const last = events.findLast(({ type }) => type === "closed" || type === "opened");
  if (last?.type !== "closed") return "unfinished";
  return last.problem === null ? "interrupted" : "failed";
}

/** The attempt took the lead from one with this score; null from none, or from a mere claim. */
export interface Lead {
  attempt: Attempt;
  score: number;
  previous: number | null;
}

/** Those that led in turn, of those that count now: what was withdrawn since has never led. */
export function leadersOf({ attempts, direction }: Pick<Ledger, "attempts" | "direction">): Lead[] {
  const leads: Lead[] = [];
  for (const attempt of attempts) {
    const { score } = attempt;
    const before = leads.at(-1);
    if (score === null || !hasSubmission(attempt)) continue;
    if (before !== undefined && compareAttempts(attempt, before.attempt, direction) >= 0) continue;
    // A measured score is not better or worse than a claim: it takes its place.
    const isAlike = (before?.attempt.measurement == null) === (attempt.measurement === null);
    leads.push({ attempt, score, previous: isAlike ? (before?.score ?? null) : null });
  }
  return leads;
}

/** Whether a candidate went on, and why. */
export interface Verdict {
  kept: boolean;
  reason: string;
}

/** What was decided of each candidate, by its id, alone or together with the others of its refinement step. */
export function verdictsOf(
  { attempts }: Pick<Ledger, "attempts">,
  events: readonly RecordedEvent[],
): Map<string, Verdict> {
  // That a script was to be checked says nothing of whether it went on.
  const verdicts = ofType(events, "decision").filter(({ subject }) => subject !== "check");
  const decisions = new Map(verdicts.map((event) => [event.at, event]));
  return new Map(
    attempts.flatMap(({ id, place }) => {
      const [own, step] = [place.text, place.parent?.text ?? ""].map((at) => decisions.get(at));
      if (step?.subject === "refinement") return [[id, ofStep(step, id)] as const];
      // After a round of the ensemble it is decided what the next one combines.
      return own === undefined || own.subject === "ensemble" ? [] : [[id, own] as const];
    }),
  );
}

function ofStep({ kept, chosen, reason }: EventOf<"decision">, id: string): Verdict {
  if (!kept) return { kept, reason };
  return chosen.includes(id)
    ? { kept, reason: "the best of its step" }
    : { kept: false, reason: "another attempt was better" };
}
