import { expect, test } from "vitest";
import { validationOf } from "../../src/report/facts/validation.ts";

test.each([
  ["a list", "Fold scores: 1, 2, 3\n", [1, 2, 3]],
  ["a list in brackets", "Fold scores: [0.91 0.92]", [0.91, 0.92]],
  ["a list with a fold that has none", "Fold scores: 0.5, none, 0.7", [0.5, 0.7]],
  ["a line for each", "Fold 1/2 rmse: 0.5\nnoise 7\nFold 2/2 rmse: 5e-1", [0.5, 0.5]],
  ["two lists: the last", "Fold scores: 1, 2\nFold scores: 3, 4", [3, 4]],
])("scores of folds are read from %s", (_, log, scores) => {
  expect(validationOf(log).folds?.scores).toEqual(scores);
});

test("one fold, or none, has no spread", () => {
  expect(validationOf("Fold scores: 1").folds).toBeNull();
  expect(validationOf("Final Validation Performance: 3").folds).toBeNull();
});

test("the spread is the deviation of a sample", () => {
  expect(validationOf("Fold scores: 2, 4, 4, 4, 5, 5, 7, 9").folds?.deviation).toBeCloseTo(
    2.138,
    3,
  );
});

test("what else it says of its validation is kept, shortened, and nothing else", () => {
  const { lines } = validationOf(`loss 0.3\nCV std ${"x".repeat(1000)}\n[10] valid_0: 3\n`);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toHaveLength(240);
});
