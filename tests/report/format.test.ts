import { expect, test } from "vitest";
import { formatChange, formatDuration, formatSeconds } from "../../src/report/format.ts";

test.each([
  [50, 47, "minimize", "better by 3 (6 %)"],
  [0.5, 0.4, "maximize", "worse by 0.1 (20 %)"],
  [0.9, 0.9, "maximize", "no change"],
] as const)("%d and then %d, to %s: %s", (first, score, direction, words) => {
  expect(formatChange(first, score, direction)).toBe(words);
});

test.each([
  [0.018, "0.02 s", "0:00"],
  [19.94, "19.9 s", "0:19"],
  [380, "6 min 20 s", "6:20"],
  [3723, "1 h 2 min", "1:02:03"],
])("%d seconds are %s, or %s", (seconds, duration, clock) => {
  expect([formatDuration(seconds), formatSeconds(seconds)]).toEqual([duration, clock]);
});
