import type { Clock } from "../../src/core/ports.ts";

const TICK_MILLISECONDS = 1000;
/** Timers of more fire at once. */
const LONGEST_MILLISECONDS = 2 ** 31 - 1;
/** A locked database keeps the program from its clock for ten seconds; nothing else does: it, or the machine, was asleep. */
const ASLEEP_MILLISECONDS = 15_000;

/**
 * Milliseconds for which this process was awake. It neither follows the time of day, which may be set, nor counts the
 * sleep of the machine or of a stopped process, which some systems' steady clocks do.
 */
export function awakeClock(steady: Clock = () => performance.now()): Clock {
  let seen = steady();
  let awake = 0;
  const look = () => {
    const now = steady();
    const passed = now - seen;
    awake += passed > ASLEEP_MILLISECONDS ? TICK_MILLISECONDS : passed;
    seen = now;
    return awake;
  };
  setInterval(look, TICK_MILLISECONDS).unref();
  return look;
}

/** Does the work once the clock has gone on by that much, however long it stood still meanwhile; returns how to call it off. */
export function onceElapsed(milliseconds: number, clock: Clock, work: () => void): () => void {
  const due = clock() + milliseconds;
  let timer: NodeJS.Timeout;
  const look = () => {
    const left = due - clock();
    if (left <= 0) work();
    else timer = setTimeout(look, Math.min(left, LONGEST_MILLISECONDS));
  };
  timer = setTimeout(look, Math.min(milliseconds, LONGEST_MILLISECONDS));
  return () => clearTimeout(timer);
}
