import { expect, test } from "vitest";
import { calibrationOf, confusionOf, residualsOf } from "../../src/report/facts/error-shapes.ts";

const numbers = (count: number, of: (index: number) => number) =>
  Array.from({ length: count }, (_, index) => of(index));
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

test("residuals count every line once, and tell size and side of the errors by what is true", () => {
  const truth = numbers(1000, (index) => (index * 7919) % 1000);
  const shape = residualsOf(
    truth,
    truth.map((value) => (value < 500 ? value + 10 : value - 1000)),
  );
  expect(sum(shape?.cells.flat() ?? [])).toBe(1000);
  expect(shape?.bySize.map(({ bias }) => Math.sign(bias))).toEqual([1, 1, -1, -1, -1]);
  expect(shape?.bySize.map(({ typical }) => typical)).toEqual([10, 10, 1000, 1000, 1000]);
});

test("what cannot be drawn is left out, not drawn wrongly", () => {
  expect(residualsOf([1, 1, 1], [1, 1, 1])).toBeNull();
  expect(residualsOf([1, Number.NaN], [2, 3])).toBeNull();
});

test("a confusion counts every line once; rare classes stand together; the worst mistakes come first", () => {
  const truth = numbers(600, (index) => index % 30).map(String);
  const predicted = truth.map((name) => (name === "3" ? "4" : name));
  const { classes, counts, mistakes } = confusionOf(truth, predicted);
  expect(classes).toHaveLength(13);
  expect(classes.at(-1)).toBe("others");
  expect(sum(counts.flat())).toBe(600);
  expect(mistakes).toEqual([{ truth: "3", predicted: "4", count: 20, of: 20 }]);
});

test("honest probabilities lie on the line, flattering ones above what came true", () => {
  const said = numbers(2000, (index) => (index % 100) / 100);
  const truth = said.map((value, index) => Number(Math.floor(index / 100) / 20 < value));
  for (const { predicted, share } of calibrationOf(truth, said))
    expect(Math.abs(predicted - share)).toBeLessThan(0.05);
  const flattering = said.map((value) => Math.min(1, value + 0.2));
  const [first] = calibrationOf(truth, flattering);
  expect((first?.predicted ?? 0) - (first?.share ?? 0)).toBeGreaterThan(0.1);
});
