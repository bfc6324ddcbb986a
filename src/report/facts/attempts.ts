import { statSync } from "node:fs";
import { join } from "node:path";
import { grouped } from "../../core/grouped.ts";
import { Place } from "../../core/place.ts";
import type { Attempt, Execution } from "../../record/attempt.ts";
import { type EventOf, ofType, type RecordedEvent } from "../../record/event.ts";
import { leadersOf, type Verdict, verdictsOf } from "../../record/history.ts";
import type { Ledger } from "../../record/ledger.ts";

/** One execution of a script, with the names of the files that are in its folder. */
export interface Script extends Execution {
  id: string;
  files: readonly string[];
}

/** One candidate, with all that is told of it. */
export interface AttemptFact extends Attempt {
  /** It led the run from then on, in place of one with this score. */
  lead: { previous: number | null } | null;
  verdict: Verdict | null;
  leakage: EventOf<"leakage"> | null;
  /** Where its result comes from, when it was not worked out in this run; null when it was. */
  origin: string | null;
  /** Its executions, corrections after the first, and the one it was scored by. */
  scripts: Script[];
  scored: Script | null;
}

/** Of an attempt: its predictions that were measured. */
export const PREDICTIONS = "final/validation.csv";
const FILES = ["solution.py", "stdout.txt", "stderr.txt", "final/submission.csv", PREDICTIONS];

/** Every execution of the run in the order of their ends. */
export const scriptFacts = ({ executions }: Ledger, runFolder: string): Script[] =>
  executions.map((execution) => {
    const { id } = execution.run;
    const sizeOf = (name: string) =>
      statSync(join(runFolder, "attempts", id, name), { throwIfNoEntry: false })?.size ?? 0;
    return { ...execution, id, files: FILES.filter((name) => sizeOf(name) > 0) };
  });

/** The place that an execution was made for: the one whose script it ran, or corrected. */
export const stepOf = (script: Script): string => Place.parse(script.id).step.text;

/** Every candidate of the run in the order they were judged. */
export function attemptFacts(
  ledger: Ledger,
  events: readonly RecordedEvent[],
  scripts: readonly Script[],
): AttemptFact[] {
  const leads = new Map(leadersOf(ledger).map((lead) => [lead.attempt.id, lead]));
  const verdicts = verdictsOf(ledger, events);
  const leaks = new Map(ofType(events, "leakage").map((event) => [event.at, event]));
  const shared = new Map(ofType(events, "candidate").map((event) => [event.at, event.sharedFrom]));
  const byStep = grouped(scripts, stepOf);
  return ledger.attempts.map((attempt) => {
    const { id, place, run } = attempt;
    const own = byStep.get(place.text) ?? [];
    const from = shared.get(id) ?? null;
    return {
      ...attempt,
      lead: leads.get(id) ?? null,
      verdict: verdicts.get(id) ?? null,
      leakage: leaks.get(id) ?? null,
      origin:
        from !== null
          ? `shared with run ${from}`
          : run?.origin === "cache"
            ? "known from an earlier run"
            : null,
      scripts: own,
      scored: scripts.find((script) => script.id === run?.id) ?? own.at(-1) ?? null,
    };
  });
}
