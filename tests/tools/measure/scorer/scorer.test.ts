import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isMeasurable } from "../../../../src/core/metric.ts";
import { grade } from "../../../../tools/measure/scorer/grader.ts";
import { SCIENCE } from "./science.ts";
import { type Cells, npy, scored } from "./scored.ts";

const SLOW = { timeout: 300_000 };
const lines = (count: number, cell: (line: number) => string | number): Cells =>
  Array.from({ length: count }, (_, line) => [`u${line}`, cell(line)]);
const truthOf = (count: number, cell: (line: number) => string | number): Cells =>
  lines(count, cell).map((cells, line) => [line, line % 5, ...cells]);

const KINDS = {
  metric: "accuracy",
  columns: ["kind"],
  predicts: "labels",
  classes: ["cat", "dog"],
};
const CHANCES = {
  metric: "log loss",
  direction: "minimize",
  columns: ["p"],
  predicts: "probabilities",
};

describe.skipIf(SCIENCE === null)("the scorer", () => {
  test("scores by ids in any order, beside the attempt it was made from", SLOW, async () => {
    const right = (line: number) => (line % 3 === 0 ? "cat" : "dog");
    const { scorer, final } = scored(KINDS, {
      "truth/validation.csv": ["__unit,__fold,id,kind", truthOf(300, right)],
      "attempts/a/final/validation.csv": [
        "kind,id,more",
        lines(300, right)
          .map(([id = "", kind = ""]) => [kind, id, 1])
          .toReversed(),
      ],
      "attempts/b/final/validation.csv": [
        "id,kind",
        lines(300, (line) => (line < 30 ? "cat" : right(line))),
      ],
    });
    const first = await scorer.measure({ final: final("a"), parent: final("b") });
    expect(first).toMatchObject({
      problem: null,
      measurement: { score: 1, error: 0, folds: [1, 1, 1, 1, 1] },
      members: [],
      notes: ["final/validation_scores.npy is missing"],
    });
    // Nobody is sure of a score of 1.
    expect(first.measurement?.interval[0]).toBeCloseTo(1 - 1.968 ** 2 / (300 + 1.968 ** 2), 3);
    expect(first.gain?.gain).toBeCloseTo(20 / 300);
    expect(first.gain?.error).toBeCloseTo(Math.sqrt(((20 / 300) * (280 / 300)) / 300), 2);
    const second = await scorer.measure({ final: final("b"), parent: null });
    expect(second.measurement?.score).toBeCloseTo(280 / 300);
    expect(second.gain).toBeNull();
  });

  test("says precisely what is wrong with predictions", SLOW, async () => {
    const { scorer, final, put } = scored(CHANCES, {
      "truth/validation.csv": ["__unit,__fold,id,p", truthOf(6, (line) => line % 2)],
    });
    const good = lines(6, () => 0.4);
    const problemOf = async (text: string | Buffer | null) => {
      if (text !== null) put("attempts/a/final/validation.csv", text);
      return (await scorer.measure({ final: final("a"), parent: null })).problem;
    };
    const csv = (rows: Cells, header = "id,p") => [header, ...rows.map(String)].join("\n");
    const changed = (line: number, cells: readonly (string | number)[]) =>
      csv(good.with(line, cells));
    expect(await problemOf(null)).toMatchInlineSnapshot(
      `"final/validation.csv is missing: write it with the columns id,p and 6 lines (as in ./input/validation_sample.csv)."`,
    );
    expect(await problemOf("")).toMatchInlineSnapshot(
      `"final/validation.csv cannot be read as CSV: No columns to parse from file."`,
    );
    expect(await problemOf(csv(good, "id,q"))).toMatchInlineSnapshot(
      `"final/validation.csv lacks the column 'p': its header must be id,p, and is 'id', 'q'."`,
    );
    expect(await problemOf(csv(good.slice(1)))).toMatchInlineSnapshot(
      `"final/validation.csv has 5 lines of predictions and must have 6 (as in ./input/validation_sample.csv)."`,
    );
    expect(await problemOf(changed(2, ["u1", 0.4]))).toMatchInlineSnapshot(
      `"final/validation.csv holds the id 'u1' more than once: predict each line once."`,
    );
    expect(await problemOf(changed(2, ["v1", 0.4]))).toMatchInlineSnapshot(
      `"final/validation.csv lacks 1 of the 6 values of id ('u2') and holds 'v1', which is none of them (as in ./input/validation_sample.csv)."`,
    );
    expect(await problemOf(changed(2, ["u2", "high"]))).toMatchInlineSnapshot(
      `"final/validation.csv, line 4, column p: 'high' is not a finite number."`,
    );
    expect(await problemOf(changed(2, ["u2", ""]))).toMatchInlineSnapshot(
      `"final/validation.csv, line 4, column p: '' is not a finite number."`,
    );
    expect(await problemOf(changed(2, ["u2", "nan"]))).toMatchInlineSnapshot(
      `"final/validation.csv, line 4, column p: 'nan' is not a finite number."`,
    );
    expect(await problemOf(changed(2, ["u2", "1.2"]))).toMatchInlineSnapshot(
      `"final/validation.csv, line 4, column p: '1.2' is no probability; the metric needs numbers from 0 to 1."`,
    );
    expect(await problemOf(changed(2, ["u2", 0.4, 1]))).toMatchInlineSnapshot(`null`);
    expect(await problemOf(changed(2, ["x".repeat(2e7), 0.4]))).toMatchInlineSnapshot(
      `"final/validation.csv has 20000044 bytes, too many for 6 lines of predictions."`,
    );
    expect(await problemOf(Buffer.from([0x80, 0x04, 0x95, 0, 10, 0xff, 44]))).toMatchInlineSnapshot(
      `"final/validation.csv cannot be read as CSV: 'utf-8' codec can't decode byte 0x80 in position 0: invalid start byte."`,
    );
    expect(await problemOf(csv(good))).toBeNull();
  });

  test(
    "takes scores of labels as members, and none that are not what they should be",
    SLOW,
    async () => {
      const right = (line: number) => (line % 3 === 0 ? "cat" : "dog");
      const scores = (flip = 0) =>
        Array.from({ length: 30 }, (_, line) =>
          (line + flip) % 3 === 0 ? [0.9, 0.1] : [0.2, 0.8],
        ).flat();
      const sample: [string, Cells] = ["id,kind", lines(30, () => "cat")];
      const { scorer, final, put } = scored(KINDS, {
        "truth/validation.csv": ["__unit,__fold,id,kind", truthOf(30, right)],
        "view/sample.csv": sample,
        "attempts/a/final/validation.csv": ["id,kind", lines(30, right)],
        "attempts/a/final/submission.csv": ["id,kind", lines(30, right)],
      });
      const file = (name: string) => `attempts/a/final/${name}.npy`;
      for (const name of [
        "validation_scores",
        "members/fine_validation",
        "members/fine_test",
        "members/lost_validation",
      ])
        put(file(name), npy([30, 2], scores()));
      put(file("test_scores"), npy([30, 2], scores(1)));
      put(file("members/short_validation"), npy([29, 2], scores().slice(2)));
      put(file("members/empty_validation"), npy([30, 2], scores().fill(Number.NaN)));
      put(file("members/pickled_validation"), npy([30, 2], scores(), "|O"));
      put(file("members/vast_validation"), npy([30, 2], Array(20_000).fill(1)));
      put(file("members/claims_validation"), npy([3e9, 2], scores()));
      const { measurement, members, notes } = await scorer.measure({
        final: final("a"),
        parent: null,
      });
      expect(measurement?.score).toBe(1);
      expect(members).toEqual([{ name: "fine", score: 1 }]);
      expect(notes).toMatchInlineSnapshot(`
        [
          "final/test_scores.npy does not go with final/submission.csv: the highest score is that of the label in 33% of the lines, and 100% in validation; write the lines in the sample's order and the columns in that of ./input/classes.csv",
          "final/members/claims_validation.npy cannot be read as a NumPy array: mmap length is greater than file size",
          "final/members/empty_validation.npy holds 60 cells that are not finite",
          "final/members/lost_test.npy is missing",
          "final/members/pickled_validation.npy cannot be read as a NumPy array: Array can't be memory-mapped: Python objects in dtype.",
          "final/members/short_validation.npy has the shape (29, 2) and must have (30, 2): lines x columns in the harness's order",
          "final/members/vast_validation.npy has 80128 bytes, too many for 30 x 2 numbers",
        ]
      `);
      put(file("test_scores"), npy([30, 2], scores()));
      const mended = await scorer.measure({ final: final("a"), parent: null });
      expect(mended.members.map(({ name }) => name)).toEqual(["", "fine"]);
    },
  );

  test(
    "scores by a person's own file, whatever it prints, and outlives what kills it",
    SLOW,
    async () => {
      const folder = scored({ ...CHANCES, metric: "own.py" }, {});
      folder.put(
        "task/own.py",
        `import os\nprint("loading")\ndef score(truth, prediction):
    print('{"answer": 1}'); os.write(1, b'{"answer": 2}\\n')
    assert list(truth) == list(prediction) == ["id", "p"]
    if (prediction.p == 9).all(): os._exit(1)
    return float((truth.p - prediction.p).abs().max())\n`,
      );
      const { scorer, final } = scored(
        { ...CHANCES, metric: "own.py" },
        {
          "truth/validation.csv": ["__unit,__fold,id,p", truthOf(40, (line) => line % 2)],
          "attempts/a/final/validation.csv": ["id,p", lines(40, () => 0.25)],
          "attempts/deadly/final/validation.csv": ["id,p", lines(40, () => 9)],
        },
        { metricFile: join(folder.folder, "task/own.py") },
      );
      const measure = (attempt: string) => scorer.measure({ final: final(attempt), parent: null });
      // Asked at once, answered in order.
      const [before, deadly, after] = await Promise.all(["a", "deadly", "a"].map(measure));
      expect(before?.measurement?.score).toBe(0.75);
      expect(deadly?.problem).toMatch(/^The scorer died.*twice\.$/);
      expect(after?.measurement).toEqual(before?.measurement);
    },
  );

  test("grades any file against another", SLOW, async () => {
    const { folder } = scored(KINDS, {
      "answers.csv": ["id,kind", lines(30, (line) => line % 3)],
      "given.csv": ["id,kind", lines(30, (line) => `${line % 2}.0`)],
    });
    const request = {
      ...{ truth: join(folder, "answers.csv"), prediction: join(folder, "given.csv") },
      ...{ metric: "accuracy", ids: ["id"], columns: ["kind"] },
    };
    if (SCIENCE === null) return;
    const where = { python: SCIENCE, writable: join(folder, "work") };
    expect((await grade(request, where)).score).toBeCloseTo(1 / 3);
    await expect(grade({ ...request, columns: ["sort"] }, where)).rejects.toThrow(
      "answers.csv has no column 'sort'.",
    );
  });
});

test("what has no formula is not measurable", () => {
  expect(["rmse", "Weighted AUC", "MAP@5", "own.py", "ndcg", "profit"].map(isMeasurable)).toEqual([
    ...[true, true, true, true, false, false],
  ]);
});
