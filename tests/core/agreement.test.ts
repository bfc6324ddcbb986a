import { expect, test } from "vitest";
import { concordance, hasDrifted, kappa } from "../../src/core/agreement.ts";

function value(by: ReturnType<typeof kappa>, pairs: readonly (readonly [unknown, unknown])[]) {
  for (const [first, second] of pairs) by.add(String(first), String(second));
  return by.value();
}

test("equal numbers agree fully, constant ones too", () => {
  expect(
    value(concordance(), [
      [1, 1],
      [2, 2],
      [5, 5],
    ]),
  ).toBeCloseTo(1);
  expect(
    value(concordance(), [
      [3, 3],
      [3, 3],
    ]),
  ).toBe(1);
});

test("a shift lowers the agreement, though the correlation stays 1", () => {
  // Means 2 and 3, variances 2/3 each: 2 * 2/3 / (4/3 + 1).
  expect(
    value(concordance(), [
      [1, 2],
      [2, 3],
      [3, 4],
    ]),
  ).toBeCloseTo(4 / 7);
});

test("the agreement of numbers does not suffer from their size", () => {
  const far = 1e9;
  expect(
    value(concordance(), [
      [far + 1, far + 2],
      [far + 2, far + 3],
      [far + 3, far + 4],
    ]),
  ).toBeCloseTo(4 / 7);
});

test("labels that agree as often as chance would have it agree by nothing", () => {
  expect(
    value(kappa(), [
      ["a", "a"],
      ["a", "b"],
      ["b", "a"],
      ["b", "b"],
    ]),
  ).toBeCloseTo(0);
  // 3 of 4 equal; by chance 1/2: (3/4 - 1/2) / (1/2).
  expect(
    value(kappa(), [
      ["a", "a"],
      ["a", "a"],
      ["b", "a"],
      ["b", "b"],
    ]),
  ).toBeCloseTo(0.5);
  expect(
    value(kappa(), [
      ["a", "a"],
      ["a", "a"],
    ]),
  ).toBe(1);
});

test("nothing to compare is no agreement", () => {
  expect(concordance().value()).toBeNull();
  expect(value(concordance(), [["x", 1]])).toBeNull();
});

test.each([
  { agreement: 0.95, others: [], drifted: false },
  { agreement: 0.49, others: [], drifted: true },
  { agreement: 0.49, others: [0.9], drifted: false },
  { agreement: 0.3, others: [0.9, 0.2], drifted: false },
  { agreement: 0.3, others: [0.5], drifted: false },
  { agreement: 0.2, others: [0.5], drifted: true },
])(
  "agreement $agreement beside $others of others: drifted $drifted",
  ({ agreement, others, drifted }) => {
    expect(hasDrifted(agreement, others)).toBe(drifted);
  },
);
