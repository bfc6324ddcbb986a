import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { setUp } from "./runner-fixture.ts";
import { script } from "./script-text.ts";

test("a script that ends well leaves its output, its submission and its result", async () => {
  const { run, attemptsFolder } = setUp();
  expect(await run("prints-score")).toMatchObject({
    id: "track-1/model-1",
    ok: true,
    outcome: "ok",
    exitCode: 0,
    stdout: "input: ['train.csv']\nFinal Validation Performance: 0.5\n",
    submission: { valid: true },
  });
  const attempt = join(attemptsFolder, "track-1/model-1");
  expect(readFileSync(join(attempt, "final/submission.csv"), "utf8")).toBe("id,target\n1,2\n");
  expect(readFileSync(join(attempt, "input/train.csv"), "utf8")).toContain("id,target");
  expect(readdirSync(attempt).toSorted()).toEqual(
    ["final", "input", "result.json", "solution.py", "stderr.txt", "stdout.txt"].toSorted(),
  );
});

test("another script under the same id gets a folder of its own, which it then keeps", async () => {
  const { run, attemptsFolder } = setUp();
  await run("prints-score");
  const second = await run("fails");
  expect(second.id).toBe("track-1/model-1~2");
  expect((await run("fails")).id).toBe("track-1/model-1~2");
  expect(existsSync(join(attemptsFolder, "track-1/model-1/final/submission.csv"))).toBe(true);
});

test("the same script under the same id is run anew in its folder, without what was there", async () => {
  const { run, attemptsFolder, folder, again } = setUp();
  await run("prints-score");
  const attempt = join(attemptsFolder, "track-1/model-1");
  writeFileSync(join(attempt, "final", "half.txt"), "half");
  mkdirSync(join(attempt, "nested"));
  const abandoned = join(folder, "work", "999999999-abandoned");
  mkdirSync(abandoned, { recursive: true });
  expect(await again().run("prints-score")).toMatchObject({ id: "track-1/model-1", ok: true });
  expect(readdirSync(join(attempt, "final"))).toEqual(["submission.csv"]);
  expect(existsSync(join(attempt, "nested"))).toBe(true);
  expect(existsSync(abandoned)).toBe(false);
});

test("requests for one id follow each other", async () => {
  const { run, started } = setUp();
  const runs = await Promise.all([run("prints-score"), run("prints-score"), run("fails")]);
  expect(runs.map(({ ok }) => ok)).toEqual([true, true, false]);
  expect(started).toEqual(["track-1/model-1", "track-1/model-1", "track-1/model-1~2"]);
});

test("an aborted script leaves no result", async () => {
  const { runPython, attemptsFolder } = setUp();
  const stop = new AbortController();
  const request = { id: "a", script: script("hangs"), purpose: "solution" as const };
  setTimeout(() => stop.abort(), 500);
  const run1 = await runPython({ ...request, signal: stop.signal });
  expect(run1).toMatchObject({ outcome: "aborted", ok: false });
  expect(existsSync(join(attemptsFolder, "a/result.json"))).toBe(false);
});

test("a script is told its limits, and only the submission sees all rows", async () => {
  process.env["OPENAI_API_KEY"] = "secret-key";
  const { run } = setUp();
  const search = JSON.parse((await run("prints-environment")).stdout);
  expect(search).toMatchObject({
    MLE_STAR_MAX_TRAIN_ROWS: "500",
    MLE_STAR_SEED: "7",
    MLE_STAR_CPUS: "1",
    MLE_STAR_TIME_LIMIT_S: "60",
    OMP_THREAD_LIMIT: "1",
    MPLBACKEND: "Agg",
  });
  expect(JSON.stringify(search)).not.toContain("secret-key");
  expect(search["HOME"]).not.toBe(process.env["HOME"]);
  const final = JSON.parse((await run("prints-environment", "b", "submission")).stdout);
  expect(final).not.toHaveProperty("MLE_STAR_MAX_TRAIN_ROWS");
});

test("a submission that is a link is refused with the reason", async () => {
  const { run, attemptsFolder } = setUp();
  expect((await run("links-submission", "a")).submission).toEqual({
    valid: false,
    problem: "final/submission.csv is a symbolic link: write a plain file.",
  });
  expect(existsSync(join(attemptsFolder, "a/final/submission.csv"))).toBe(false);
});

test("what a script closes to others is removed all the same", async () => {
  const { run, folder } = setUp();
  await run("closes-folders", "a");
  expect(readdirSync(join(folder, "work"))).toEqual([]);
});

test("files that a script leaves open are whole", async () => {
  const { run, attemptsFolder } = setUp();
  await run("leaves-open-files", "a");
  expect(readFileSync(join(attemptsFolder, "a/final/submission.csv"), "utf8")).toBe("id,target\n");
});
