import { type Direction, gain } from "../../core/candidate.ts";
import { type RecordedEvent, secondsWorked } from "../../core/run-event.ts";
import type { Evidence } from "./evidence.ts";
import { grouped } from "./grouped.ts";
import { type Stage, stageOf } from "./place.ts";

type EventOf<Type extends RecordedEvent["type"]> = Extract<RecordedEvent, { type: Type }>;

/** One execution of a script, with the folder that its files are in. */
export interface ScriptFact {
  id: string;
  purpose: EventOf<"script">["purpose"];
  outcome: EventOf<"script">["outcome"];
  seconds: number;
  submission: EventOf<"script">["submission"];
  files: string[];
  lastError: string | null;
}

/** One candidate: where it came from, what was planned, and what became of it. */
export interface AttemptFact {
  id: string;
  stage: Stage;
  title: string;
  parent: string | null;
  plan: string | null;
  block: { before: string; after: string } | null;
  score: number | null;
  seconds: number | null;
  problem: string | null;
  /** Seconds the run had been worked on when it was judged. */
  elapsedSeconds: number;
  /** It became the run's best solution, in place of one with this score. */
  promotion: { previous: number | null } | null;
  decision: { kept: boolean; reason: string } | null;
  leakage: { explanation: string; fixed: boolean } | null;
  /** The attempt folder whose script was scored. */
  scoredRun: string | null;
  /** Its executions, corrections after the first. */
  scripts: ScriptFact[];
  weights: string[];
}

/** Every execution of the run in the order of their ends. */
export function scriptFacts({ events, attempts }: Evidence): ScriptFact[] {
  return ofType(events, "script").map((event) => {
    const { at, purpose } = event;
    const files = attempts.get(at);
    const { outcome, seconds, submission } = files?.result ?? event;
    const lastError = files?.lastError ?? null;
    return { id: at, purpose, outcome, seconds, submission, files: files?.names ?? [], lastError };
  });
}

/** Every candidate of the run in the order they were judged. */
export function attemptFacts(
  evidence: Evidence,
  scripts: readonly ScriptFact[],
  direction: Direction,
): AttemptFact[] {
  const { events, attempts } = evidence;
  const promotions = byPlace(ofType(events, "promotion"));
  const leaks = byPlace(ofType(events, "leakage"));
  const decisions = byPlace(ofType(events, "decision"));
  const byAttempt = grouped(scripts, ({ id }) => id.replace(/\/debug-\d+$/, ""));
  const elapsed = elapsedByKey(events);
  const candidates = ofType(events, "candidate");
  const winners = stepWinners(candidates, decisions, direction);

  return candidates.map((event) => {
    const { at, title, parent, plan, before, after, score, seconds, problem, runId } = event;
    const promotion = promotions.get(at);
    const leak = leaks.get(at);
    return {
      id: at,
      stage: stageOf(at),
      title,
      parent,
      plan,
      block: before === null || after === null ? null : { before, after },
      score,
      seconds,
      problem,
      elapsedSeconds: elapsed.get(event.key) ?? 0,
      promotion: promotion === undefined ? null : { previous: promotion.previous },
      decision: decisions.get(at) ?? winners.get(at) ?? null,
      leakage: leak === undefined ? null : leak,
      scoredRun: runId,
      scripts: byAttempt.get(at) ?? [],
      weights: attempts.get(runId ?? at)?.weights ?? [],
    };
  });
}

/** The events of one type. */
export function ofType<Type extends RecordedEvent["type"]>(
  events: readonly RecordedEvent[],
  type: Type,
): EventOf<Type>[] {
  return events.filter((event): event is EventOf<Type> => event.type === type);
}

const byPlace = <Event extends { at: string }>(events: readonly Event[]) =>
  new Map(events.map((event) => [event.at, event]));

/** Seconds worked on the run up to each event. */
function elapsedByKey(events: readonly RecordedEvent[]): Map<string, number> {
  let seconds = 0;
  return new Map(
    events.map((event, index) => {
      const previous = events[index - 1];
      seconds += previous === undefined ? 0 : secondsWorked([previous, event]);
      return [event.key, seconds];
    }),
  );
}

/** A refinement step decides about its attempts together: the best of a step that was kept is the one that was. */
function stepWinners(
  candidates: readonly EventOf<"candidate">[],
  decisions: ReadonlyMap<string, EventOf<"decision">>,
  direction: Direction,
): Map<string, { kept: boolean; reason: string }> {
  const steps = grouped(candidates, ({ at }) => at.slice(0, at.lastIndexOf("/")));
  return new Map(
    [...steps].flatMap(([step, attempts]) => {
      const decision = decisions.get(step);
      if (decision?.subject !== "refinement") return [];
      const best = attempts
        .filter(({ score }) => score !== null)
        .toSorted((a, b) => gain(a.score ?? 0, b.score ?? 0, direction))[0];
      return attempts.map((attempt) => {
        const kept = decision.kept && attempt === best;
        const other = decision.kept ? "another attempt was better" : decision.reason;
        return [attempt.at, { kept, reason: kept ? "the best of its step" : other }] as const;
      });
    }),
  );
}
