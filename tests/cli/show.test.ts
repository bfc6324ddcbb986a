import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lockRun } from "../../src/record/run-lock.ts";
import { mleStar } from "../support/command-line.ts";
import { makeRun } from "../support/make-run.ts";

const runs = makeRun("toy");
const inRuns = (...words: string[]) => mleStar([...words, "--runs-dir", "."], { cwd: runs });

test("show tells a run in whole lines when it is piped", async () => {
  const { exitCode, stdout } = await inRuns("show", "toy");
  expect(exitCode).toBe(0);
  expect(stdout.split("\n")[0]).toMatch(/^toy: rmse 7 \(lower is better, better by 3 \(30 %\)/);
});

test("runs are listed with state and score; one that an older version recorded is told as that", async () => {
  const old = makeRun("old");
  writeFileSync(join(old, "old", "scratchpad.jsonl"), '{"type":"agent","key":"a","at":""}\n');
  const listed = await mleStar(["runs", "--runs-dir", old], { cwd: runs });
  expect(listed).toMatchObject({ exitCode: 0, stderr: "" });
  expect(listed.stdout).toMatch(
    /^2026-01-02 03:04 {2}old {2}older form {2}of version \S+ {2}offline\n$/,
  );
  expect((await inRuns("runs")).stdout).toMatch(/ {2}toy {2}done {2}rmse 7 {2}offline/);
});

test("runs and show tell one that works from one whose process is gone", async () => {
  const home = makeRun("toy");
  const log = join(home, "toy", "scratchpad.jsonl");
  const lines = readFileSync(log, "utf8").split("\n");
  writeFileSync(log, lines.filter((line) => !line.includes('"type":"result"')).join("\n"));
  const told = async () => {
    const [runs, show] = [
      await mleStar(["runs", "--runs-dir", home], { cwd: home }),
      await mleStar(["show", "toy", "--runs-dir", home], { cwd: home }),
    ];
    return [runs, show].map(({ stdout }) => /running|interrupted/.exec(stdout)?.[0]);
  };
  const unlock = lockRun(join(home, "toy"));
  expect(await told()).toEqual(["running", "running"]);
  unlock();
  expect(await told()).toEqual(["interrupted", "interrupted"]);
});

test("show --attempt prints plan, outcome, diff, output and script", async () => {
  const { exitCode, stdout } = await inRuns(
    "show",
    "toy",
    "--attempt",
    "track-1/refine-1/attempt-1",
  );
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /== Plan ==\nUse ratios number 0\.[\s\S]*better by 2[\s\S]*== Diff ==[\s\S]*-# track-1\/model-1\n\+# track-1\/refine-1\/attempt-1[\s\S]*== Output ==[\s\S]*Performance[\s\S]*== Script ==/,
  );
});

test("show --attempt takes the name of any script, an ablation's too", async () => {
  const { exitCode, stdout } = await inRuns(
    "show",
    "toy",
    "--attempt",
    "track-1/refine-1/ablation",
  );
  expect([exitCode, stdout.includes("== Script ==")]).toEqual([0, true]);
});

test("show --costs tells every agent's calls and tokens", async () => {
  const { exitCode, stdout } = await inRuns("show", "toy", "--costs");
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^agent +calls[\s\S]*\ninitializer +\d [\s\S]*\nin all +\d/);
});

test("an unknown attempt is refused in one sentence that names those there are", async () => {
  const { exitCode, stdout, stderr } = await inRuns("show", "toy", "--attempt", "track-9");
  expect({ exitCode, stdout, lines: stderr.trim().split("\n").length }).toEqual({
    exitCode: 2,
    stdout: "",
    lines: 1,
  });
  expect(stderr).toContain("track-1/model-1");
});

test("report writes both files and tells where; an unknown run is refused", async () => {
  const { exitCode, stdout } = await inRuns("report", "toy");
  expect(exitCode).toBe(0);
  expect(
    stdout
      .trim()
      .split("\n")
      .map((path) => existsSync(join(runs, path))),
  ).toEqual([true, true]);
  expect(readFileSync(join(runs, "toy", "report.md"), "utf8")).toContain("# toy: rmse 7");
  expect((await inRuns("report", "nothing")).exitCode).toBe(2);
});

test("export writes a folder that names its packages and holds the submission", async () => {
  const { exitCode, stderr } = await inRuns("export", "toy", "out");
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^predict\.py is left out: its data cannot be read again /m);
  const read = (name: string) => readFileSync(join(runs, "out", name), "utf8");
  expect(readdirSync(join(runs, "out")).toSorted()).toEqual([
    "MODEL_CARD.md",
    "README.md",
    "constraints.txt",
    "input",
    "requirements.txt",
    "solution.ipynb",
    "solution.py",
    "submission.csv",
  ]);
  expect(read("requirements.txt")).toBe(
    "# Python 3.11.7\n-c constraints.txt\nnumpy==1.0\npandas==1.0\npyarrow==1.0\nscikit-learn==1.0\n",
  );
  expect(read("constraints.txt")).toContain("torch==1.0");
  expect(read("submission.csv")).toBe("id,y\n1,2\n");
  expect(read("input/train.csv")).toBe("id,y\n1,2\n");
});

test("export touches no folder that holds something, and needs a solution", async () => {
  mkdirSync(join(runs, "full"));
  writeFileSync(join(runs, "full", "mine"), "");
  expect((await inRuns("export", "toy", "full")).exitCode).toBe(2);
  expect(readdirSync(join(runs, "full"))).toEqual(["mine"]);
});
