import type { RunRecord } from "../../../tools/run-folder/run-record.ts";
import type { Run } from "../../core/candidate.ts";
import type { RecordedEvent } from "../../core/run-event.ts";

/** What a run folder holds beside its scratchpad, as far as a report tells of it. */
export interface Evidence {
  record: RunRecord;
  events: RecordedEvent[];
  /** The best solution so far; null when there is none. */
  best: { id: string; runId: string; title: string; score: number | null; script: string } | null;
  /** The end of the log that its score was read from. */
  scoredLog: string;
  /** By attempt folder. */
  attempts: ReadonlyMap<string, AttemptFiles>;
  dataUsage: { at: string; usesAll: boolean; explanation: string }[];
}

/** The candidate that a solution is, or whose submission it is. */
export const candidateOf = (bestId: string): string =>
  bestId.replace(/^submission\//, "").replace(/\/own$/, "");

export interface AttemptFiles {
  /**
   * How its last execution ended, by its own file: an interrupted one stays in the scratchpad as such when it was
   * finished by a resumption.
   */
  result: Pick<Run, "outcome" | "seconds" | "submission"> | null;
  /** Names of the files that are there, such as `solution.py`. */
  names: string[];
  /** The last line of the error output that says something; null when there is none. */
  lastError: string | null;
  /** Lines in which an ensemble printed its weights. */
  weights: string[];
}
