import type { Member } from "../core/measurement.ts";
import { Place } from "../core/place.ts";
import type { Attempt } from "./attempt.ts";
import type { Ledger } from "./ledger.ts";

/** Predictions that may be blended, with the attempt they are a part of and what they score alone. */
export interface KnownMember extends Member {
  attempt: Attempt;
  score: number;
}

/** Whether a script reads what earlier attempts predict: it is then no member itself. */
export const standsOnMembers = (script: string): boolean => script.includes("input/members");

/** All that the attempts which count have left, in an order that does not hang on which track was faster. */
export const membersOf = (ledger: Ledger): KnownMember[] =>
  ledger.attempts
    .toSorted((a, b) => Place.compare(a.place, b.place))
    .flatMap((attempt) => {
      const runId = attempt.run?.id;
      const isPart = attempt.blend === null && !standsOnMembers(attempt.script);
      if (!isPart || attempt.score === null || runId === undefined) return [];
      const left = ledger.measured(runId)?.members ?? [];
      return left.map(({ name, score }) => ({ runId, name, score, attempt }));
    });

/** The attempts whose predictions the blend weighs, those that weigh most first. */
export function partsOf({ blend }: Attempt, members: readonly KnownMember[]): Attempt[] {
  const weightOf = (runId: string) =>
    (blend ?? []).reduce((sum, one) => sum + (one.runId === runId ? Math.abs(one.weight) : 0), 0);
  const attempts = [...new Set(members.map(({ attempt }) => attempt))];
  return attempts
    .map((attempt) => ({ attempt, weight: weightOf(attempt.run?.id ?? "") }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ attempt }) => attempt);
}
