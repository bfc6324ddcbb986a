/** Does the work as soon as one of the places is free: first come, first served, or not at all once the signal says so. */
export type Turnstile = <Result>(
  signal: AbortSignal,
  work: () => Promise<Result>,
) => Promise<Result>;

/** Lets so many through at once; all of them where nothing is said. */
export function turnstile(places: number | null): Turnstile {
  let free = places ?? Number.POSITIVE_INFINITY;
  const waiting: (() => void)[] = [];

  const enter = (signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const enterNow = () => {
        signal.removeEventListener("abort", leaveQueue);
        resolve();
      };
      const leaveQueue = () => {
        waiting.splice(waiting.indexOf(enterNow), 1);
        reject(signal.reason);
      };
      signal.addEventListener("abort", leaveQueue, { once: true });
      waiting.push(enterNow);
    });

  return async (signal, work) => {
    signal.throwIfAborted();
    if (free > 0) free -= 1;
    else await enter(signal);
    try {
      return await work();
    } finally {
      // The place goes to the next, without becoming free for those who come later.
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
