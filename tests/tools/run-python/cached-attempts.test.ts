import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ExecutionCache } from "../../../tools/run-python/cache/execution-cache.ts";
import { setUp } from "./runner-fixture.ts";

function twoRuns() {
  const first = setUp();
  const problems: string[] = [];
  const cacheFolder = join(first.folder, "cache");
  const runs = ["one", "two"].map((name) => {
    const executions = new ExecutionCache(cacheFolder);
    const cache = {
      executions,
      dataDigest: "data",
      environmentDigest: "environment",
      onProblem: (sentence: string) => problems.push(sentence),
    };
    return setUp({ cache, attemptsFolder: join(first.folder, name, "attempts") }, first.folder);
  });
  const [one] = runs;
  if (one === undefined) throw new Error("two runs were made");
  return { folder: first.folder, cacheFolder, runs, one, problems };
}

test("a script that another run has run is not run again, and its attempt is whole", async () => {
  const { folder, runs } = twoRuns();
  const results = [];
  for (const { run } of runs) {
    await run("counts-runs", "track-1/a");
    results.push(await run("prints-score", "track-1/b"));
  }
  expect(readFileSync(join(folder, "runs.txt"), "utf8")).toBe("run\n");
  expect(results[0]).toMatchObject({ ok: true, origin: "ran" });
  expect(results[1]).toEqual({ ...results[0], origin: "cache" });
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

test("a cache that cannot be written costs a notice, not the run", async () => {
  const { cacheFolder, one, problems } = twoRuns();
  writeFileSync(cacheFolder, "a file, not a folder");
  expect(await one.run("prints-score", "a")).toMatchObject({ ok: true });
  expect(await one.run("prints-score", "b")).toMatchObject({ ok: true });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^Results of scripts are not kept for later runs \(/);
});
