/** How long a script may take. */
export interface TimeLimit {
  /** CPU seconds for each core that it has: what it can rely on, as wall-clock time, on an idle machine. */
  seconds: number;
  /** Wall-clock seconds in which it need not wait for a processor: the last resort, for scripts that hang. */
  wallSeconds: number;
  /** Wall-clock seconds that are left of the run; infinite where nothing limits it. */
  leftSeconds: number;
}

const WALL = 4;

/** The limit of so many seconds, where so many are left. */
export const timeLimit = (seconds: number, left = Number.POSITIVE_INFINITY): TimeLimit => ({
  seconds: Math.min(seconds, left),
  wallSeconds: Math.min(WALL * seconds, left),
  leftSeconds: left,
});
