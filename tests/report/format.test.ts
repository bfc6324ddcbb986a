import { expect, test } from "vitest";
import {
  formatChange,
  formatDuration,
  formatSeconds,
  withError,
  withInterval,
} from "../../src/report/format.ts";

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

test.each([
  [0.97348, 0.00352, [0.966, 0.981], "0.9735 ± 0.0035", "0.9735 (95 %: 0.9660 to 0.9810)"],
  [46_852.8, 1505.1, [43_900, 49_800], "46,853 ± 1,500", "46,853 (95 %: 43,900 to 49,800)"],
  [1, 0, [0.9, 1], "1", "1.000 (95 %: 0.900 to 1.000)"],
] as const)("%d measured within %d", (score, error, [low, high], told, within) => {
  expect(withError(score, error)).toBe(told);
  expect(withInterval({ score, interval: [low, high] })).toBe(within);
});
