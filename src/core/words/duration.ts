const DURATION = /^(\d+(?:\.\d+)?)(?:\s*(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?))?$/i;
const SECONDS = new Map(Object.entries({ s: 1, m: 60, h: 3600, d: 86_400 }));

/** The seconds that a text such as `90`, `30 min` or `2h` tells of; not a number when it tells of none. */
export function secondsIn(text: string): number {
  const [, count, unit = "s"] = DURATION.exec(text.trim()) ?? [];
  return Number(count) * (SECONDS.get(unit.charAt(0).toLowerCase()) ?? 1);
}
