import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { ExecutionCache } from "../../../tools/execution-cache/execution-cache.ts";
import { setUp } from "./runner-fixture.ts";

function twoRuns() {
  const first = setUp();
  const problems: string[] = [];
  const cacheFolder = join(first.folder, "cache");
  const runs = ["one", "two"].map((name) => {
    const executions = new ExecutionCache(cacheFolder);
    const cache = {
      executions,
      environmentDigest: "environment",
      onProblem: (sentence: string) => problems.push(sentence),
    };
    return setUp({ cache, attemptsFolder: join(first.folder, name, "attempts") }, first.folder);
  });
  const [one, two] = runs;
  if (one === undefined || two === undefined) throw new Error("two runs were made");
  return { folder: first.folder, cacheFolder, runs, one, two, problems };
}

test("a script that another run has run is not run again, and its attempt is whole", async () => {
  const { folder, runs } = twoRuns();
  const results = [];
  for (const { run } of runs) {
    await run("counts-runs", "track-1/a");
    results.push(await run("prints-score", "track-1/b"));
  }
  expect(readFileSync(join(folder, "runs.txt"), "utf8")).toBe("run\n");
  expect(results[1]).toEqual(results[0]);
  expect(runs.map(({ ended }) => ended.map(({ origin }) => origin))).toEqual([
    ["ran", "ran"],
    ["cache", "cache"],
  ]);
  const attempt = join(folder, "two/attempts/track-1/b");
  for (const file of [
    "solution.py",
    "stdout.txt",
    "stderr.txt",
    "result.json",
    "final/submission.csv",
  ])
    expect(existsSync(join(attempt, file))).toBe(true);
});

test("a refused submission is refused the next time, too", async () => {
  const { runs } = twoRuns();
  for (const { run } of runs)
    expect((await run("links-submission")).submission).toMatchObject({ valid: false });
});

const counted = (seconds: number) => `
import os, time
open(os.path.join(os.path.realpath("input"), "..", "runs.txt"), "a").write("run\\n")
time.sleep(${seconds})
open("final/submission.csv", "w").write("id,target\\n1,2\\n")
print("Final Validation Performance: 1")
`;

test("runs that ask for the same script at the same moment share one execution", async () => {
  const { folder, one, two } = twoRuns();
  const request = { script: counted(0.5), purpose: "solution" as const };
  const results = await Promise.all([
    one.runPython({ ...request, id: "track-1/a" }),
    one.runPython({ ...request, id: "track-2/a" }),
    two.runPython({ ...request, id: "track-1/a" }),
  ]);
  expect(results.map(({ id, ok }) => [id, ok])).toEqual([
    ["track-1/a", true],
    ["track-2/a", true],
    ["track-1/a", true],
  ]);
  expect(readFileSync(join(folder, "runs.txt"), "utf8")).toBe("run\n");
  for (const attempt of [
    "one/attempts/track-1/a",
    "one/attempts/track-2/a",
    "two/attempts/track-1/a",
  ])
    expect(existsSync(join(folder, attempt, "final/submission.csv"))).toBe(true);
});

test("whoever gives up takes the script from nobody else who asked for it", async () => {
  const { folder, one, two } = twoRuns();
  const stop = new AbortController();
  const request = { script: counted(1), purpose: "solution" as const, id: "a" };
  const leader = one.runPython({ ...request, signal: stop.signal });
  while (one.started.length === 0) await sleep(5);
  const leaves = new AbortController();
  const follower = two.runPython(request);
  const impatient = one.runPython({ ...request, id: "b", signal: leaves.signal });
  await sleep(100);
  leaves.abort();
  expect(await impatient).toMatchObject({ outcome: "aborted", seconds: 0 });
  stop.abort();
  expect(await leader).toMatchObject({ outcome: "aborted" });
  expect(await follower).toMatchObject({ ok: true });
  expect(existsSync(join(folder, "two/attempts/a/final/submission.csv"))).toBe(true);
});

test("a cache that cannot be written costs a notice, not the run", async () => {
  const { cacheFolder, one, problems } = twoRuns();
  writeFileSync(cacheFolder, "a file, not a folder");
  expect(await one.run("prints-score", "a")).toMatchObject({ ok: true });
  expect(await one.run("prints-score", "b")).toMatchObject({ ok: true });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^Results of scripts are not kept for later runs \(/);
});
