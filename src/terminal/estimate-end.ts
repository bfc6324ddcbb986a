import { resultOf } from "../core/run-end.ts";
import type { RecordedEvent } from "../core/run-event.ts";
import type { Settings } from "../core/settings.ts";

/** How far a run is, in scripts; and the seconds it may still take, null before the first script has ended. */
export interface Estimate {
  done: number;
  left: number;
  secondsLeft: number | null;
}

/**
 * Counts the scripts that the settings ask for and that stages gone by have not made needless, and takes each to last as
 * long as those so far did, side by side as they ran. Corrections of failing scripts come on top and are not foreseen.
 */
export function estimateEnd(
  events: readonly RecordedEvent[],
  settings: Settings,
  secondsWorked: number,
): Estimate {
  const { tracks, models, outerSteps, innerSteps, ensembleRounds } = settings;
  const done = new Set(
    events.flatMap(({ type, at }) => (type === "script" && !/\/debug-\d+$/.test(at) ? [at] : [])),
  );
  const stages = new Set(
    events.flatMap((event) => (event.type === "stage" ? [`${event.at} ${event.stage}`] : [])),
  );
  const doneIn = (pattern: RegExp) => [...done].filter((at) => pattern.test(at)).length;
  const isOver = resultOf(events) !== null;
  const ensembles = stages.has("ensemble ensemble");

  const initialOf = (track: string) =>
    stages.has(`${track} refinement`)
      ? 0
      : 2 * models - 1 - doneIn(new RegExp(`^${track}/(model|merge)-`));
  const refinementsOf = (track: string) =>
    outerSteps * (innerSteps + 1) - doneIn(new RegExp(`^${track}/refine-`));
  const inTracks = Array.from({ length: tracks }, (_, index) => `track-${index + 1}`).reduce(
    (sum, track) => sum + Math.max(0, initialOf(track)) + Math.max(0, refinementsOf(track)),
    0,
  );
  const inEnsemble = tracks > 1 ? Math.max(0, ensembleRounds - doneIn(/^ensemble\//)) : 0;
  const submitted = doneIn(/^submission\//) > 0;
  const left = isOver ? 0 : (ensembles ? 0 : inTracks) + (submitted ? 0 : inEnsemble);
  return {
    done: done.size,
    left,
    secondsLeft: done.size === 0 ? null : (left * secondsWorked) / done.size,
  };
}
