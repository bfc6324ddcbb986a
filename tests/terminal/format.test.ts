import { expect, test } from "vitest";
import { comparedWithFirst } from "../../src/terminal/format.ts";

test.each([
  {
    first: 50,
    score: 47,
    direction: "minimize" as const,
    words: "better by 3 (6 %) than the first",
  },
  {
    first: 0.5,
    score: 0.4,
    direction: "maximize" as const,
    words: "worse by 0.1 (20 %) than the first",
  },
  { first: 0.9, score: 0.9, direction: "maximize" as const, words: "as good as the first" },
])("$score after $first, to $direction: $words", ({ first, score, direction, words }) => {
  expect(comparedWithFirst(first, score, direction)).toBe(words);
});
