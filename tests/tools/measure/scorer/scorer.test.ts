import { expect, test } from "vitest";
import { type Cells, scored } from "./scored.ts";

const lines = (count: number, cell: (line: number) => string | number): Cells =>
  Array.from({ length: count }, (_, line) => [`u${line}`, cell(line)]);

const truthOf = (count: number, cell: (line: number) => string | number): Cells =>
  Array.from({ length: count }, (_, line) => [line, line % 5, `u${line}`, cell(line)]);

test("accuracy by ids in any order, beside the attempt it was made from", async () => {
  const right = (line: number) => (line % 3 === 0 ? "cat" : "dog");
  const { scorer, final } = scored(
    { metric: "accuracy", columns: ["kind"], predicts: "labels", classes: ["cat", "dog"] },
    {
      "truth/validation.csv": ["__unit,__fold,id,kind", truthOf(300, right)],
      "attempts/a/final/validation.csv": [
        "kind,id",
        lines(300, right)
          .map(([id = "", kind = ""]) => [kind, id])
          .toReversed(),
      ],
      "attempts/b/final/validation.csv": [
        "id,kind",
        lines(300, (line) => (line < 30 ? "cat" : right(line))),
      ],
    },
  );
  const first = await scorer.measure({ final: final("a"), parent: final("b") });
  expect(first).toMatchObject({
    problem: null,
    measurement: { score: 1, error: 0, folds: [1, 1, 1, 1, 1] },
  });
  expect(first.gain?.gain).toBeCloseTo(20 / 300);
  expect(first.gain?.error).toBeGreaterThan(0.01);
  const second = await scorer.measure({ final: final("b"), parent: null });
  expect(second.measurement?.score).toBeCloseTo(280 / 300);
  expect(second.gain).toBeNull();
});
