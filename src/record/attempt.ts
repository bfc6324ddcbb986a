import {
  type Candidate,
  type Direction,
  gain,
  type Run,
  type RunPurpose,
} from "../core/candidate.ts";
import type { Blend, Difference, Measurement } from "../core/measurement.ts";
import type { Scored } from "../core/metric.ts";
import { scoreOf } from "../core/outcome.ts";
import { Place, type Stage } from "../core/place.ts";
import type { Settings } from "../core/settings.ts";
import type { EventOf } from "./event.ts";

/** The file below an attempt's folder that holds its submission in the task's own form. */
export const SUBMISSION_NAME = "submission.csv";

/** One candidate of a run: where it came from and whether it counts. */
export interface Attempt extends Candidate {
  place: Place;
  stage: Stage;
  parent: string | null;
  /** The candidates it combines. */
  members: readonly string[];
  plan: string | null;
  /** Measured by the program on its predictions; null for a claim, which counts after all that is measured. */
  measurement: Measurement | null;
  /** Its gain over the attempt it was made from, on the same units; null where it was not measured. */
  gained: Difference | null;
  /** What the run's best gained by it, with the blend that it led to; null where there was no best before. */
  blendGain: number | null;
  /** What is blended, with weights; null for what a script of its own came to. */
  blend: Blend["members"] | null;
  /** The best scripts whose predictions it was held against when it was blended; of scripts nothing. */
  beat: readonly Attempt[];
  /** The score its run printed. */
  claim: number | null;
  /** The score it had before anything was withdrawn; `score` is the one it counts with. */
  earned: number | null;
  /** Why it does not count although it has a score; null when it does. */
  withdrawn: string | null;
  /** Why it has no score, or only its claim. */
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

/** What the run's scores are of. */
export const scoredBy = (task: Scored | null): Scored =>
  task ?? { metric: "", direction: "minimize" };

/** Whether it left a submission that may be handed in. */
export const hasSubmission = ({ run }: Attempt) => run?.submission?.valid === true;

/** The order of those that count: measured before claimed, then by rank; negative when the first is better. */
export function compareAttempts(first: Attempt, second: Attempt, direction: Direction): number {
  const claims = Number(first.measurement === null) - Number(second.measurement === null);
  const ranks = gain(rankOf(first, direction), rankOf(second, direction), direction);
  return claims || ranks || Number(first.blend === null) - Number(second.blend === null);
}

/**
 * Its score; a blend's is at least that of the best it was held against, which lost to it as soon as the luck of having been
 * chosen on the very lines was taken off.
 */
const rankOf = ({ score, beat }: Attempt, direction: Direction): number =>
  beat
    .flatMap((one) => one.score ?? [])
    .reduce((most, one) => (gain(most, one, direction) > 0 ? one : most), score ?? 0);

/** A candidate as it is before anything takes it back. */
export function scriptAttempt(
  { at: id, title, script, parent, members, plan, score, problem }: EventOf<"candidate">,
  known: {
    run: Run | null;
    measured: EventOf<"measurement"> | null;
    scored: Scored;
    elapsedSeconds: number;
  },
): Attempt {
  const place = Place.parse(id);
  const { run, measured, scored, elapsedSeconds } = known;
  return {
    ...{ id, place, stage: place.stage, title, script, parent, members, plan, run, blend: null },
    measurement: measured?.measurement ?? null,
    gained: measured?.gain ?? null,
    blendGain: null,
    ...{ beat: [], claim: run === null ? null : scoreOf(run, "solution", scored) },
    ...{ score, earned: score, withdrawn: null, elapsedSeconds },
    problem: problem ?? measured?.problem ?? null,
  };
}

/** A blend is one more that counts, made of those whose predictions it holds. */
export function blendAttempt(
  { at: id, runId, members: blend, gain: gained, seconds, submission }: EventOf<"blend">,
  known: {
    measurement: Measurement;
    idOf: (runId: string) => string;
    beat: readonly Attempt[];
    elapsedSeconds: number;
  },
): Attempt {
  const { measurement, idOf, beat, elapsedSeconds } = known;
  const { score } = measurement;
  const ended = { ok: true, outcome: "ok" as const, exitCode: 0, stdout: "", stderr: "" };
  return {
    ...{ id, place: Place.parse(id), stage: "ensemble", script: "", parent: null, plan: null },
    title: `blend of ${blend.length} members`,
    members: [...new Set(blend.map((one) => idOf(one.runId)))],
    run: { id: runId, ...ended, seconds, origin: "ran", submission },
    ...{ measurement, gained, blendGain: null, blend, claim: null, score, earned: score },
    ...{ beat, withdrawn: null, problem: null, elapsedSeconds },
  };
}

/** Whether its gain over what it was made from is more than chance: of so many standard errors, as the settings ask. */
export const isClear = ({ gained }: Attempt, { acceptance }: Pick<Settings, "acceptance">) =>
  gained === null || gained.gain >= acceptance * gained.error;

/** Whether measuring cannot tell the two apart: the first lies within a standard error of the second. */
export const isLevel = (one: Attempt, other: Attempt) =>
  one.measurement !== null &&
  other.measurement !== null &&
  Math.abs(one.measurement.score - other.measurement.score) <= other.measurement.error;
