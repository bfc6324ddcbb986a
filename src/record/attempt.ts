import type { Candidate, Run, RunPurpose } from "../core/candidate.ts";
import type { Place, Stage } from "../core/place.ts";
import type { EventOf } from "./event.ts";

/** One candidate of a run: where it came from and whether it counts. */
export interface Attempt extends Candidate {
  place: Place;
  stage: Stage;
  parent: string | null;
  /** The candidates it combines. */
  members: readonly string[];
  plan: string | null;
  /** The score its run printed; `score` is the one it counts with. */
  printed: number | null;
  /** Why it does not count although it has a score; null when it does. */
  withdrawn: string | null;
  problem: string | null;
  /** Seconds the run had been worked on when it was judged. */
  elapsedSeconds: number;
}

/** One execution of a script. */
export interface Execution {
  purpose: RunPurpose;
  run: Run;
  /** Another run paid for it. */
  isShared: boolean;
}

/** What is handed out as the run's result: the files of an attempt, and the score it was chosen by. */
export interface HandedOut {
  id: string;
  /** The attempt whose submission it is. */
  runId: string;
  title: string;
  script: string;
  score: number | null;
}

/** Whether it left a submission that may be handed in. */
export const hasSubmission = ({ run }: Attempt) => run?.submission?.valid === true;

/** The attempt's own files as what is handed out. */
export const ownOf = ({ id, title, script, score, run }: Attempt): HandedOut => ({
  ...{ id, title, script, score },
  runId: run?.id ?? id,
});

/** The files of a script that was run for the submission, with the score of the candidate it was made of. */
export const handOut = (
  { at, runId, title, script }: EventOf<"submission">,
  score: number | null,
): HandedOut => ({ id: at, runId: runId ?? at, title, script, score });
