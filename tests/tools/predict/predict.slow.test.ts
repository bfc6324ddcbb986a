import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { predictScript } from "../../../tools/predict/predict-script.ts";
import { NO_SCIENCE_PYTHON, sciencePython } from "../../support/science-python.ts";

const python = sciencePython("pandas, sklearn");

/** A solution of another hand: the mean price of each town, and in proportion to the size; ids tell nothing. */
const SOLUTION = `import pandas as pd
train, test = (pd.read_csv(f"./input/{name}.csv") for name in ("train", "test"))
rate = (train.price / train["size"]).groupby(train.town).mean()
sample = pd.read_csv("./input/sample_submission.csv")
sample["price"] = (test["size"] * test.town.map(rate).fillna(rate.mean())).fillna(-1)
sample.iloc[::-1].to_csv("./final/submission.csv", index=False)
`;

/** The same, which keeps its rates, and says in each prediction how often it learned them. */
const KEEPING = `import os, pathlib, joblib
${SOLUTION.replace(/^rate = (.*)$/m, (_, rate) => `kept = pathlib.Path(os.environ.get("MLE_STAR_FITTED", ".")) / "0.joblib"\nif not kept.exists():\n    joblib.dump(${rate}, kept)\n    print("learned")\nrate = joblib.load(kept)`)}`;

const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => ({
    id: from + at,
    size: 10 + ((from + at) % 7),
    town: ["Ulm", "Bonn"][(from + at) % 2] ?? "",
  }));
const csv = (table: readonly object[], separator = ",") =>
  [Object.keys(table[0] ?? {}), ...table.map((row) => Object.values(row))]
    .map((cells) => `${cells.join(separator)}\n`)
    .join("");
const priced = (table: ReturnType<typeof rows>) =>
  table.map((row) => ({ ...row, price: row.size * (row.town === "Ulm" ? 3 : 2) }));

const FORM = {
  test: { path: "test.csv", delimiter: "," },
  train: { path: "train.csv", delimiter: "," },
  sample: "sample_submission.csv",
  ids: ["id"],
  columns: { id: "number", size: "number", town: "category" },
  required: ["size", "town"],
};

/** An exported solution, as far as its prediction needs it. */
function exported(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "mle-star-predict-"));
  const all = {
    "predict.py": predictScript(),
    "predict.json": JSON.stringify(FORM),
    "input/train.csv": csv(priced(rows(40))),
    "input/test.csv": csv(rows(10, 40)),
    "input/sample_submission.csv": csv(rows(10, 40).map(({ id }) => ({ id, price: 0 }))),
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function predict(
  folder: string,
  table: string | Buffer,
  name = "new.csv",
  more: readonly string[] = [],
) {
  writeFileSync(join(folder, name), table);
  const words = ["-I", join(folder, "predict.py"), name, ...more];
  const { status, stdout, stderr } = spawnSync(python ?? "", words, {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

describe.skipIf(python === null)(`new rows [else: ${NO_SCIENCE_PYTHON}]`, () => {
  const folder = exported({ "solution.py": SOLUTION });
  const NEW = rows(3, 90);
  const answered = "id,price\n90,48.0\n91,20.0\n92,33.0\n";

  test.each([
    { how: "in the test set's own form", table: csv(NEW), stdout: answered },
    {
      how: "with semicolons, the columns in another order, and one more",
      table: csv(
        NEW.map(({ id, size, town }) => ({ town, more: "x", size, id })),
        ";",
      ),
      stdout: answered,
      stderr: /not know them: "more"\./,
    },
    {
      how: "as UTF-16",
      table: Buffer.from(`\uFEFF${csv(NEW, "\t")}`, "utf16le"),
      stdout: answered,
    },
    {
      how: "as JSON",
      name: "new.json",
      table: JSON.stringify(NEW),
      stdout: answered,
    },
    {
      how: "without ids, in order",
      table: csv(NEW.map(({ size, town }) => ({ size, town }))),
      stdout: "price\n48.0\n20.0\n33.0\n",
    },
    {
      how: "with an id twice",
      table: csv(NEW.map((row) => ({ ...row, id: 7 }))),
      stdout: "id,price\n7,48.0\n7,20.0\n7,33.0\n",
      stderr: /do not tell all rows apart/,
    },
    {
      how: "with decimal commas",
      table: "size;town\n10,5;Ulm\n",
      stdout: "price\n31.5\n",
      stderr: /"size": decimal commas/,
    },
    {
      how: "with a category that nobody saw, and a number that is none",
      table: "size,town\n10,Rom\nbig,Ulm\n",
      stdout: "price\n25.0\n-1.0\n",
      stderr: /"size": 1 of 2 values are no numbers, such as "big"[\s\S]*"town": 1 rows .*"Rom"/,
    },
  ])("are predicted $how", ({ table, name, stdout, stderr = "" }) => {
    const end = predict(folder, table, name);
    expect(end).toMatchObject({ status: 0, stdout });
    expect(end.stderr).toMatch(stderr);
  });

  test.each([
    {
      table: "size,more\n1,2\n",
      says: 'new.csv: it lacks "town", which the solution reads; it has "size", "more"',
    },
    { table: "size,town\n", says: "new.csv: it has no rows" },
    { table: "", says: /^new\.csv: it cannot be read .*; save it as CSV in UTF-8$/ },
    {
      table: "[1]",
      name: "new.json",
      says: /^new\.json: it cannot be read \(it is no list of objects\)/,
    },
  ])("are refused with a sentence: $says", ({ table, name, says }) => {
    const { status, stdout, stderr } = predict(folder, table, name);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr.trim()).toMatch(says);
  });

  test("tell the last lines of a solution that fails on them", () => {
    const failing = exported({
      "solution.py": `print("so far")\nraise ValueError("no such town")\n`,
    });
    const { status, stderr } = predict(failing, csv(NEW));
    expect(status).toBe(1);
    expect(stderr).toMatch(/so far[\s\S]*ValueError: no such town\n.*ended with code 1/);
  });

  describe("of a solution that keeps what it fits", () => {
    let keeping = "";
    beforeAll(() => {
      keeping = exported({ "solution.py": KEEPING });
    });
    const kept = () => readdirSync(join(keeping, "fitted"));

    test("are predicted from it the second time, and anew once the data to learn from are others", () => {
      expect(predict(keeping, csv(NEW))).toMatchObject({ status: 0, stdout: answered });
      const [first] = kept();
      const again = predict(keeping, csv(NEW));
      expect(again).toMatchObject({ status: 0, stdout: answered });
      expect(again.stderr).toMatch(/fitted before is read again/);
      const dearer = priced(rows(40)).map((row) => ({ ...row, price: 10 * row.price }));
      writeFileSync(join(keeping, "input/train.csv"), csv(dearer));
      expect(predict(keeping, csv(NEW)).stdout).toBe("id,price\n90,480.0\n91,200.0\n92,330.0\n");
      expect(kept()).toHaveLength(1);
      expect(kept()).not.toEqual([first]);
    });
  });

  test("that speak of files are predicted with the folder that holds them", () => {
    const reading = exported({
      "predict.json": JSON.stringify({ ...FORM, required: ["id"], media: "clips/test" }),
      "solution.py": `import pathlib, pandas as pd
sample = pd.read_csv("./input/sample_submission.csv")
sample["price"] = [pathlib.Path(f"./input/clips/test/{name}.txt").read_text() for name in sample.id]
sample.to_csv("./final/submission.csv", index=False)
`,
      "input/clips/test/40.txt": "old",
      "own/90.txt": "7",
      "own/91.txt": "8",
    });
    const asked = csv(rows(2, 90).map(({ id }) => ({ id })));
    expect(predict(reading, asked)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/by --media; it stands in the place of input\/clips\/test/),
    });
    expect(predict(reading, asked, "new.csv", ["--media", "own"])).toMatchObject({
      status: 0,
      stdout: "id,price\n90,7\n91,8\n",
    });
  });

  test("are ranked among the test rows where a blend joins ranks", () => {
    const blend = { kind: "weights", space: "rank", members: [] };
    const ranking = exported({
      "solution.py": SOLUTION.replace(/\.fillna\(-1\)$/m, ".rank()"),
      "blend.json": JSON.stringify(blend),
      "scripts.json": "[]",
    });
    const { status, stdout } = predict(ranking, csv(rows(1, 90)));
    expect(status).toBe(0);
    expect(Number(stdout.split(/[,\n]/)[3])).toBeGreaterThan(5);
    expect(readFileSync(join(ranking, "input/test.csv"), "utf8")).toBe(csv(rows(10, 40)));
  });
});
