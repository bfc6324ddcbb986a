import type { Member } from "../core/measurement.ts";
import type { Attempt } from "./attempt.ts";
import type { Ledger } from "./ledger.ts";

/** Predictions that may be blended, with the attempt they are a part of and what they score alone. */
export interface KnownMember extends Member {
  attempt: Attempt;
  score: number;
}

/** All that the attempts which count have left, in the order they came up. */
export const membersOf = (ledger: Ledger): KnownMember[] =>
  ledger.attempts.flatMap((attempt) => {
    const runId = attempt.run?.id;
    if (attempt.blend !== null || attempt.score === null || runId === undefined) return [];
    const left = ledger.measured(runId)?.members ?? [];
    return left.map(({ name, score }) => ({ runId, name, score, attempt }));
  });
