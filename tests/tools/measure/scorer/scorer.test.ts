import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
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

  test(
    "tells what predictions get most wrong, with what stands in those rows, and how alike members predict",
    SLOW,
    async () => {
      const text = (line: number) => (line === 7 ? "a long, quoted text" : `text ${line}`);
      const { scorer, final, put } = scored(
        KINDS,
        {
          "truth/validation.csv": ["__unit,__fold,id,kind", truthOf(100, () => "cat")],
          "view/train.csv": ["id,text,kind", lines(100, (line) => `"${text(line)}",cat`)],
          "view/folds.csv": [
            "unit,row,fold",
            Array.from({ length: 100 }, (_, at) => [at, at, at % 5]),
          ],
          "attempts/a/final/validation.csv": [
            "id,kind",
            lines(100, (line) => (line === 7 || line === 9 ? "dog" : "cat")),
          ],
        },
        { train: { path: "train.csv", delimiter: "," } },
      );
      put("view/sample.csv", "id,kind\nz,cat\n");
      put("attempts/a/final/submission.csv", "id,kind\nz,cat\n");
      const scores = (sure: number) =>
        Array.from({ length: 100 }, (_, line) =>
          line === 7
            ? [0.01, 0.99]
            : line === 9
              ? [0.4, 0.6]
              : [sure + line / 1000, 1 - sure - line / 1000],
        ).flat();
      put("attempts/a/final/validation_scores.npy", npy([100, 2], scores(0.8)));
      put("attempts/a/final/members/b_validation.npy", npy([100, 2], scores(0.7)));
      const members = ["", "b"].map((name) => ({ id: "a", name, final: final("a") }));
      const found = await scorer.insight({ final: final("a"), members });
      const worst = found?.worst?.split("\n") ?? [];
      expect(worst).toHaveLength(6);
      expect(worst[0]).toBe(
        "row 7 [id=u7; text=a long, quoted text]: is cat, said dog (gave it 0.010)",
      );
      expect(worst[1]).toContain("row 9 ");
      const both = ["", "b"].map((name) => ({ runId: "a", name }));
      expect(found?.alike).toMatchObject([{ members: both }]);
      expect(found?.alike[0]?.correlation).toBeGreaterThan(0.9);
    },
  );

  test(
    "tells what the best goes by, where it is clearly worse, and what a guess scores",
    SLOW,
    async () => {
      const size = (line: number) => (line * 37) % 101;
      const place = (line: number) => (line % 4 === 0 ? "north" : "south");
      const price = (line: number) => 3 * size(line) + (line % 7);
      // In the north it errs by forty, elsewhere by one.
      const said = (line: number) =>
        price(line) + (place(line) === "north" ? 40 : 1) * (line % 2 ? 1 : -1);
      const { scorer, final } = scored(
        { metric: "rmse", direction: "minimize", columns: ["price"], predicts: "numbers" },
        {
          "truth/validation.csv": ["__unit,__fold,id,price", truthOf(600, price)],
          "view/train.csv": [
            "id,size,place,noise,price",
            lines(600, (line) => `${size(line)},${place(line)},${(line * 61) % 97},${price(line)}`),
          ],
          "view/folds.csv": [
            "unit,row,fold",
            Array.from({ length: 600 }, (_, at) => [at, at, at % 5]),
          ],
          "attempts/a/final/validation.csv": ["id,price", lines(600, said)],
        },
        { train: { path: "train.csv", delimiter: "," } },
      );
      const found = await scorer.explain({ final: final("a") });
      const mean = 3 * 50 + 3;
      expect(found?.baseline).toBeGreaterThan(mean / 3);
      expect(found?.groups[0]).toMatchObject({ column: "place", group: "north", lines: 150 });
      expect(found?.groups[0]?.times).toBeGreaterThan(3);
      expect(found?.goesBy?.columns.map(({ column }) => column)[0]).toBe("size");
      expect(found?.goesBy?.columns.map(({ column }) => column)).not.toContain("noise");
      const [fewest, most] = [found?.curve[0], found?.curve.at(-1)];
      expect(most?.rows).toBe(480);
      expect(most?.score).toBeLessThan(fewest?.score ?? 0);
    },
  );

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
      // In the order of the test set, say: validation cannot tell, and every blend would be spoilt.
      put(file("members/turned_validation"), npy([30, 2], scores()));
      put(file("members/turned_test"), npy([30, 2], scores(1)));
      const mended = await scorer.measure({ final: final("a"), parent: null });
      expect(mended.members.map(({ name }) => name)).toEqual(["", "fine"]);
      expect(mended.notes.join("\n")).toMatch(
        /turned_test.npy does not go with final.submission.csv/,
      );
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

  test.each([
    {
      source: "def score(truth, prediction):\n    return abs(truth.p - prediction.p).max()",
      says: null,
    },
    { source: "import nothing", says: /^own\.py cannot be run: ModuleNotFoundError/ },
    { source: "metric = 1", says: /^own\.py has no function score/ },
    { source: "def score(t, p):\n    return t.q", says: /^own\.py fails on these .*'q'/ },
    { source: "def score(t, p):\n    pass", says: /returns NoneType 'None' and no number/ },
    { source: "def score(t, p):\n    return float('nan')", says: /^score returns no finite/ },
    {
      source:
        "from time import process_time\ndef score(t, p):\n    end = process_time() + 2.5\n    while process_time() < end: pass\n    return 1",
      says: /^score takes .* s for 40 lines/,
    },
  ])("says whether a person's own metric can be used: $says", SLOW, async ({ source, says }) => {
    const { put, folder } = scored({ ...CHANCES, metric: "own.py" }, {});
    put("own.py", `${source}\n`);
    const { scorer } = scored(
      { ...CHANCES, metric: "own.py" },
      { "truth/validation.csv": ["__unit,__fold,id,p", truthOf(40, (line) => line % 2)] },
      { metricFile: join(folder, "own.py") },
    );
    const why = await scorer.check();
    if (says === null) expect(why).toBeNull();
    else expect(why).toMatch(says);
  });

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

  test("whatever lies in the place of predictions is a problem in words", SLOW, async () => {
    const { scorer, final, put, folder } = scored(CHANCES, {
      "truth/validation.csv": ["__unit,__fold,id,p", truthOf(6, (line) => line % 2)],
      "view/sample.csv": ["id,p", lines(6, () => 0.5)],
    });
    const at = (name: string) => `attempts/a/final/${name}`;
    const csv = (cell: string, header = "id,p") =>
      [header, ...Array.from({ length: 6 }, (_, line) => `u${line},${cell}`)].join("\n");
    const hostile: (string | Buffer)[] = [
      ...["9".repeat(5000), "1e999", "-inf", "nan", "0x10", "1_000", "True", '"', "=1+1", "٣"].map(
        (cell) => csv(cell),
      ),
      csv("1", "p,p"),
      csv("0.5", "id,p,id"),
      `${"c,".repeat(2 ** 20)}\n`,
      `id,p\n${"0.5,".repeat(2 ** 20)}`,
      `id,p\n${'"'.repeat(2 ** 20)}`,
      "\n".repeat(2 ** 20),
      Buffer.from("id,p\n\0\0\0,\0\n"),
      Buffer.from("id,p\nu0,\xe9\n", "latin1"),
      Buffer.from(csv("0.5"), "utf16le"),
      npy([6, 1], [1, 2, 3, 4, 5, 6]),
    ];
    for (const text of hostile) {
      put(at("validation.csv"), text);
      const { measurement, problem } = await scorer.measure({ final: final("a"), parent: null });
      expect(problem ?? measurement).toBeTruthy();
      expect(problem ?? "final/").toContain("final/");
      expect(problem?.length ?? 0).toBeLessThan(2000);
    }
    // Beside good predictions what cannot be read is noted.
    put(at("validation.csv"), csv("0.5"));
    put(at("submission.csv"), csv("0.5"));
    const arrays = {
      pickled: Buffer.from(
        `\x93NUMPY\x01\0v\0${"{'descr': '|O', 'fortran_order': False, 'shape': (6,), }".padEnd(117)}\n\x80\x04cos\nsystem\n`,
        "latin1",
      ),
      vast: npy([2 ** 40, 2 ** 20], [1]),
      negative: npy([-6, 1], [1, 2, 3, 4, 5, 6]),
      scalar: npy([], [1]),
      records: npy([6, 1], [1, 2, 3, 4, 5, 6], "V4"),
      endless: npy([6, 1], [1, 2, Number.NaN, 4, Number.POSITIVE_INFINITY, 6]),
      zipped: Buffer.from("PK\x03\x04 no archive"),
      empty: Buffer.alloc(0),
      headed: Buffer.from(`\x93NUMPY\x02\0\xff\xff\xff\x7f${"(".repeat(5000)}`, "latin1"),
    };
    for (const [name, bytes] of Object.entries(arrays))
      for (const part of ["validation", "test"]) put(at(`members/${name}_${part}.npy`), bytes);
    mkdirSync(join(folder, at("members/folder_validation.npy")));
    const measured = await scorer.measure({ final: final("a"), parent: null });
    expect(measured.problem).toBeNull();
    for (const name of Object.keys(arrays))
      expect(measured.notes.join("\n")).toContain(`final/members/${name}_`);
  });
});
