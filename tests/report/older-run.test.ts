import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { SettingsError } from "../../src/core/errors.ts";
import { writeExport } from "../../src/report/export/write-export.ts";
import { readFacts } from "../../src/report/facts/read-facts.ts";
import { writeReport } from "../../src/report/written/write-report.ts";

/** A run folder as version 0.1 left it: other events, and `best` a link to a promotion. */
function olderRun(card: string | null): string {
  const runs = mkdtempSync(join(tmpdir(), "mle-star-older-"));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(runs, "old", path)), { recursive: true });
    writeFileSync(join(runs, "old", path), text);
  };
  const packages = ["numpy", "torch"].map((name) => ({ name, version: "1.0" }));
  const record = {
    runId: "old",
    createdAt: "2025-01-02T03:04:05.000Z",
    version: "0.1.0",
    task: { name: "toy", folder: "/data/toy", fingerprint: "3f" },
    metric: "rmse",
    settings: { tracks: 2 },
    model: "offline",
    models: [],
    workbench: { pythonVersion: "3.11.7", packages, cpus: 1, memoryMb: 4000, gpu: null },
    python: null,
    node: "v24.0.0",
  };
  write("run.json", JSON.stringify(record));
  write("scratchpad.jsonl", `${JSON.stringify({ time: "t", type: "agent", key: "a", at: "" })}\n`);
  write("input/train.csv", "id,y\n1,2\n");
  write("promotions/0001/solution.py", "import numpy\n");
  write("promotions/0001/submission.csv", "id,y\n1,2\n");
  if (card !== null) write("promotions/0001/score.json", card);
  symlinkSync(join("promotions", "0001"), join(runs, "old", "best"));
  return runs;
}

const inventory = (folder: string) => readdirSync(folder, { recursive: true }).toSorted();

test("a run of the older form is refused in a sentence, and nothing in it is touched", () => {
  const runs = olderRun(null);
  const before = inventory(runs);
  const says =
    /run "old": it is of an older form, made by mle-star 0\.1\.0.*mle-star -- export old DIR/;
  expect(() => readFacts(runs, "old")).toThrow(SettingsError);
  expect(() => readFacts(runs, "old")).toThrow(says);
  expect(() => writeReport(runs, "old")).toThrow(says);
  expect(inventory(runs)).toEqual(before);
});

test.each([
  ["its score", '{"id": "x", "runId": "x", "title": "Ridge", "score": 7}', /Ridge.*rmse 7\./],
  ["no score card", null, /rmse no score\./],
  ["a torn one", "{", /rmse no score\./],
])("it is exported with %s", async (_, card, says) => {
  const runs = olderRun(card);
  const before = inventory(join(runs, "old"));
  const target = join(runs, "out");
  const { names } = await writeExport(runs, "old", target);
  expect(readdirSync(target).toSorted()).toEqual(names.toSorted());
  const read = (name: string) => readFileSync(join(target, name), "utf8");
  expect(read("solution.py")).toMatch(/import numpy\n$/);
  expect(read("submission.csv")).toBe("id,y\n1,2\n");
  expect(read("requirements.txt")).toBe("# Python 3.11.7\n-c constraints.txt\nnumpy==1.0\n");
  expect(read("README.md")).toMatch(says);
  expect(inventory(join(runs, "old"))).toEqual(before);
});
