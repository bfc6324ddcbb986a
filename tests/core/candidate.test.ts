import { expect, test } from "vitest";
import { gain } from "../../src/core/candidate.ts";

test.each([
  { direction: "minimize", expected: 2 },
  { direction: "maximize", expected: -2 },
] as const)("from 5 to 3 is a gain of $expected to $direction", ({ direction, expected }) => {
  expect(gain(5, 3, direction)).toBe(expected);
});
