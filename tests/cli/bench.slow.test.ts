import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { Row } from "../../src/bench/row.ts";
import { mleStar } from "../support/command-line.ts";
import { NO_SCIENCE_PYTHON, sciencePython } from "../support/science-python.ts";
import { makeTinyTask } from "../support/tiny-task.ts";

const python = sciencePython();
const home = mkdtempSync(join(tmpdir(), "mle-star-bench-"));
const SMALLEST = "--tracks 1 --models 1 --outer-steps 0 --ensemble-rounds 0 --repeat 1".split(" ");
const COMMAND = ["bench", "tasks", "--answers", "answers", "--out", "out", ...SMALLEST];
if (python !== null) COMMAND.push("--python", python);
const run = (words: readonly string[], onLine?: Parameters<typeof mleStar>[1]["onLine"]) =>
  // A home of its own: runs of other tests do not make its scripts wait.
  mleStar(words, { cwd: home, environment: { MLE_STAR_HOME: home }, ...(onLine && { onLine }) });

const read = (path: string) => readFileSync(join(home, path), "utf8");
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
};

/** By id, what the test rows' labels are without their noise. */
function truthOf(task: string): Map<string, number> {
  const rows = read(`${task}/test.csv`).trim().split("\n").slice(1);
  return new Map(
    rows.map((line) => {
      const [id = "", a, b, kind = ""] = line.split(",");
      return [id, 2 * Number(a) - Number(b) + ({ x: 0, y: 1, z: 2 }[kind] ?? 0)];
    }),
  );
}

beforeAll(() => {
  makeTinyTask(join(home, "tasks", "plain"));
  makeTinyTask(join(home, "tasks", "twin", "prepared", "public"));
  mkdirSync(join(home, "tasks", "broken"));
  // In another order, with a column more than the submission: both are MLE-bench's way.
  const table = (task: string) =>
    [...truthOf(task)].toReversed().map(([id, y]) => `${id},${y},Private\n`);
  const header = "id,y,Usage\n";
  write("answers/plain/answers.csv", [header, ...table("tasks/plain")].join(""));
  const meta = {
    ...{ metric: "rmse", lower_is_better: true, id: "id" },
    leaderboard: { gold: 0.0001, silver: 100, bronze: 200, median: 300 },
  };
  write("answers/plain/meta.json", JSON.stringify(meta));
  write(
    "answers/twin/prepared/private/test.csv",
    [header, ...table("tasks/twin/prepared/public")].join(""),
  );
});

const rowsNow = () =>
  z.object({ rows: z.array(Row) }).parse(JSON.parse(read("out/results.json"))).rows;
const calls = (runId: string) =>
  [...read(`out/logs/${runId}.log`).matchAll(/^\$ mle-star (\w+)/gm)].map(([, verb]) => verb);

describe.skipIf(python === null)(`a benchmark (${python ?? NO_SCIENCE_PYTHON})`, () => {
  test("stopped and killed it goes on where it was, and a broken task is a row", async () => {
    const stopped = await run(COMMAND, (line, kill) => {
      if (!line.startsWith("[1 of 3]")) return;
      const events = join(home, "out/runs/plain-seed-0/scratchpad.jsonl");
      const watch = setInterval(() => {
        if (!existsSync(events) || !/"type":"script-started"/.test(readFileSync(events, "utf8")))
          return;
        clearInterval(watch);
        kill("SIGTERM");
      }, 20);
    });
    expect(stopped.exitCode).toBe(130);
    expect(stopped.stderr).toMatch(/^bench: interrupted; .*\n$/);
    const killed = await run(COMMAND, (line, kill) => {
      if (line.startsWith("[2 of 3]")) kill("SIGKILL");
    });
    expect(killed.exitCode).toBeNull();
    const before = read("out/runs/plain-seed-0/scratchpad.jsonl");
    const { exitCode, stdout } = await run(COMMAND);
    expect(exitCode).toBe(0);
    expect(calls("plain-seed-0")).toEqual(["run", "resume"]);
    expect(read("out/runs/plain-seed-0/scratchpad.jsonl")).toBe(before);
    expect(stdout).toMatch(/\nMeans by task\n.*\nbroken +0 of 1[\s\S]*\nplain +1 of 1 +rmse/);
    const rows = rowsNow();
    expect(rows.map(({ task, status }) => [task, status])).toEqual([
      ["broken", "failed"],
      ["plain", "done"],
      ["twin", "done"],
    ]);
    expect(rows[0]?.problem).toMatch(/tasks\/broken has no description/);
  }, 240_000);

  test("hidden scores are those of the submissions, medals those of the thresholds", () => {
    const rows = rowsNow();
    for (const [name, task] of [
      ["plain", "tasks/plain"],
      ["twin", "tasks/twin/prepared/public"],
    ] as const) {
      const truth = truthOf(task);
      const lines = read(`out/runs/${name}-seed-0/best/submission.csv`).trim().split("\n").slice(1);
      const squares = lines.map((line) => {
        const [id = "", y] = line.split(",");
        return (Number(y) - (truth.get(id) ?? Number.NaN)) ** 2;
      });
      const rmse = Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / squares.length);
      const row = rows.find(({ task: of }) => of === name);
      expect(row?.hidden?.score).toBeCloseTo(rmse, 9);
      expect(row?.hidden?.error).toBeGreaterThan(0);
    }
    expect(rows.map(({ medal, aboveMedian }) => [medal, aboveMedian])).toEqual([
      [null, null],
      ["silver", true],
      [null, null],
    ]);
    expect(read("out/results.csv").trim().split("\n")).toHaveLength(4);
    expect(read("out/results.md")).toContain("| plain | 0 | rmse |");
  });

  test("a run is graded by itself as in the benchmark; labels of other columns are refused", async () => {
    const graded = ["grade", "plain-seed-0", "--runs-dir", "out/runs", "--answers"];
    const { stdout } = await run([...graded, "answers/plain/answers.csv", "--json"]);
    const [, plain] = rowsNow();
    expect(Row.parse(JSON.parse(stdout)).hidden?.score).toBe(plain?.hidden?.score);
    const refused = await run([...graded, "tasks/plain/test.csv"]);
    expect([refused.exitCode, refused.stderr.trim().split("\n")]).toEqual([
      2,
      [expect.stringMatching(/no column "y"/)],
    ]);
  }, 120_000);

  test("held against itself it ties; other settings do not go into the same folder", async () => {
    const { stdout } = await run([...COMMAND, "--against", "out"]);
    expect(stdout).toContain("Of 2 pairs it wins 0, loses 0 and ties 2;");
    const other = await run([...COMMAND, "--models", "2"]);
    expect([other.exitCode, other.stdout]).toEqual([2, ""]);
    expect(other.stderr).toMatch(/out: it holds a benchmark of another --models/);
  }, 120_000);
});

test("answers are not taken from where a run would see them", async () => {
  const { exitCode, stderr } = await run([
    ...["bench", "tasks", "--answers", "tasks", "--out", "refused", ...SMALLEST],
  ]);
  expect([exitCode, existsSync(join(home, "refused"))]).toEqual([2, false]);
  expect(stderr).toMatch(/plain\/test\.csv lies in the folder of its task/);
});
