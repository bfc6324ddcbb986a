import { type Attempt, compareAttempts } from "./attempt.ts";
import type { EventOf } from "./event.ts";
import type { Ledger } from "./ledger.ts";

/** A script that was run for the submission, with the number of attempts there were before it. */
export type Submitted = EventOf<"submission"> & { after: number };

/** What is handed out as the run's result: the files of an attempt, and the score it was chosen by. */
export interface HandedOut {
  id: string;
  /** The candidate whose work it is; null for a plain baseline. */
  candidate: string | null;
  /** The attempt whose submission it is. */
  runId: string;
  title: string;
  script: string;
  score: number | null;
  /** What is blended in it; null for the files of one script. */
  blend: EventOf<"blend">["members"] | null;
}

/** What the run would end with now: the last submission kept, unless what it was made of does not count or a later attempt is better. */
export function handedOutOf(ledger: Ledger, submissions: readonly Submitted[]): HandedOut | null {
  const { best } = ledger;
  for (const made of submissions.filter(({ kept }) => kept).toReversed()) {
    const { candidate } = made;
    const its = candidate === null ? null : ledger.find(candidate);
    const score = candidate === null ? made.score : (its?.score ?? null);
    const isLater = best !== null && ledger.attempts.indexOf(best) >= made.after;
    if (candidate === null ? best !== null : score === null) continue;
    const isBeaten = isLater && its !== null && compareAttempts(best, its, ledger.direction) < 0;
    return isBeaten ? ownOf(best) : handOut(made, score);
  }
  return best === null ? null : ownOf(best);
}

/** The attempt's own files as what is handed out. */
export const ownOf = ({ id, title, script, score, run, blend }: Attempt): HandedOut => ({
  ...{ id, candidate: id, title, script, score, blend },
  runId: run?.id ?? id,
});

/** The files of a script that was run for the submission, with the score of the candidate it was made of. */
const handOut = (
  { at, candidate, runId, title, script, blend }: EventOf<"submission">,
  score: number | null,
): HandedOut => ({ id: at, candidate, runId: runId ?? at, title, script, score, blend });
