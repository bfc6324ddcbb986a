import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import type { Run } from "../../../../src/core/candidate.ts";
import {
  ExecutionCache,
  type ExecutionKey,
} from "../../../../tools/run-python/cache/execution-cache.ts";
import { pruneCache } from "../../../../tools/run-python/cache/prune-cache.ts";
import { timeLimit } from "../../../../tools/run-python/time-limit.ts";

const KEY: ExecutionKey = {
  script: "print(1)",
  dataDigest: "data",
  environmentDigest: "environment",
  executor: "bubblewrap",
  cpus: 1,
  memoryMb: 1000,
  seed: 0,
  maxTrainRows: 500,
  limit: timeLimit(60),
};

const RUN: Run = {
  id: "track-1/model-1",
  ok: true,
  outcome: "ok",
  exitCode: 0,
  stdout: "Final Validation Performance: 0.5\n",
  stderr: "",
  seconds: 20,
  origin: "ran",
  submission: { valid: true, problem: null },
};

const FILES = [
  ...["stdout.txt", "stderr.txt", "final/submission.csv", "final/validation.csv"],
  "final/members/forest_test.npy",
];
const textOf = (folder: string, file: string) => readFileSync(join(folder, file), "utf8");

function setUp() {
  const folder = mkdtempSync(join(tmpdir(), "cache-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [left, taken] = [join(folder, "left"), join(folder, "taken")];
  mkdirSync(join(left, "final", "members"), { recursive: true });
  for (const file of FILES) writeFileSync(join(left, file), `${file}\n`.repeat(100));
  const cacheFolder = join(folder, "cache");
  const cache = new ExecutionCache(cacheFolder);
  return { cache, cacheFolder, folder, left, taken };
}

test("the same execution is found with its files", async () => {
  const { cache, left, taken } = setUp();
  await cache.keep(KEY, RUN, left);
  const { id: _id, submission: _submission, origin: _origin, ...run } = RUN;
  expect(await cache.find({ ...KEY }, taken)).toEqual(run);
  for (const file of FILES) expect(textOf(taken, file)).toBe(textOf(left, file));
});

test.each<[string, Partial<ExecutionKey>]>([
  ["script", { script: "print(2)" }],
  ["data", { dataDigest: "other" }],
  ["packages", { environmentDigest: "other" }],
  ["sandbox", { executor: "none" }],
  ["cores", { cpus: 2 }],
  ["memory", { memoryMb: 2000 }],
  ["seed", { seed: 1 }],
  ["row cap", { maxTrainRows: null }],
])("another %s is another execution", async (_, change) => {
  const { cache, left, taken } = setUp();
  await cache.keep(KEY, RUN, left);
  expect(await cache.find({ ...KEY, ...change }, taken)).toBeNull();
});

test.each([
  { outcome: "ok" as const, ran: 20, limit: 60, asked: 30, found: true },
  { outcome: "ok" as const, ran: 20, limit: 60, asked: 10, found: false },
  { outcome: "error" as const, ran: 20, limit: 60, asked: 600, found: true },
  { outcome: "timeout" as const, ran: 60, limit: 60, asked: 30, found: true },
  { outcome: "timeout" as const, ran: 60, limit: 60, asked: 90, found: false },
  { outcome: "timeout" as const, ran: 20, limit: 60, asked: 60, found: false },
  { outcome: "aborted" as const, ran: 5, limit: 60, asked: 60, found: false },
  { outcome: "disk-limit" as const, ran: 5, limit: 60, asked: 60, found: false },
])("$outcome after $ran s of CPU time, of $limit, is found for $asked s: $found", async (row) => {
  const { cache, left, taken } = setUp();
  const run = { ...RUN, outcome: row.outcome, ok: row.outcome === "ok", cpuSeconds: row.ran };
  await cache.keep({ ...KEY, limit: timeLimit(row.limit) }, run, left);
  expect((await cache.find({ ...KEY, limit: timeLimit(row.asked) }, taken)) !== null).toBe(
    row.found,
  );
});

test("a script that reads its time limit is another execution under another limit", async () => {
  const { cache, left, taken } = setUp();
  const key = { ...KEY, script: "os.environ['MLE_STAR_TIME_LIMIT_S']" };
  await cache.keep(key, RUN, left);
  expect(await cache.find({ ...key, limit: timeLimit(120) }, taken)).toBeNull();
  expect(await cache.find(key, taken)).not.toBeNull();
});

test("the same bytes are kept by many at the same moment", async () => {
  const { cache, left, taken } = setUp();
  const seeds = Array.from({ length: 30 }, (_, seed) => seed);
  await Promise.all(seeds.map((seed) => cache.keep({ ...KEY, seed }, RUN, left)));
  for (const seed of seeds) expect(await cache.find({ ...KEY, seed }, taken)).not.toBeNull();
});

test("processes that keep, find and prune the same executions find them whole or not at all", async () => {
  const { cacheFolder, folder } = setUp();
  const program = fileURLToPath(new URL("./keep-and-find.ts", import.meta.url));
  const ends = ["one", "two", "three"].map(async (name) => {
    const parameters = [program, cacheFolder, join(folder, name), name];
    const { stdout } = await promisify(execFile)(process.execPath, parameters);
    return JSON.parse(stdout);
  });
  for (const { found, torn } of await Promise.all(ends)) {
    expect(torn).toBe(0);
    expect(found).toBeGreaterThan(0);
  }
});

test("what was killed from outside is not remembered", async () => {
  const { cache, left, taken } = setUp();
  await cache.keep(KEY, { ...RUN, ok: false, outcome: "error", exitCode: 137 }, left);
  expect(await cache.find(KEY, taken)).toBeNull();
});

test("content that changed on disk is thrown away and the script runs again", async () => {
  const { cache, cacheFolder, left, taken } = setUp();
  await cache.keep(KEY, RUN, left);
  for (const path of readdirSync(cacheFolder, { recursive: true, encoding: "utf8" }))
    if (path.endsWith("submission.csv")) writeFileSync(join(cacheFolder, path), "changed");
  expect(await cache.find(KEY, taken)).toBeNull();
  expect(pruneCache(cacheFolder).executions).toBe(0);
  expect(FILES.filter((file) => existsSync(join(taken, file)))).toEqual([]);
});

test("pruning removes what was used longest ago, and its files", async () => {
  const { cache, cacheFolder, left, taken } = setUp();
  for (const seed of [1, 2, 3]) {
    writeFileSync(join(left, "final/submission.csv"), `${seed}`.repeat(10_000));
    await cache.keep({ ...KEY, seed }, RUN, left);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await cache.find({ ...KEY, seed: 1 }, taken);
  const { bytes, executions } = pruneCache(cacheFolder);
  expect(executions).toBe(3);
  expect(pruneCache(cacheFolder, bytes - 5000)).toMatchObject({ executions: 2 });
  expect(await cache.find({ ...KEY, seed: 2 }, taken)).toBeNull();
  expect(await cache.find({ ...KEY, seed: 1 }, taken)).not.toBeNull();
  expect(pruneCache(cacheFolder, 0)).toMatchObject({ executions: 0, bytes: 0, oldestUse: null });
});

test("pruning removes what was left half kept, unless it is just being written", async () => {
  const { cache, cacheFolder, left } = setUp();
  await cache.keep(KEY, RUN, left);
  const [old, young] = [join(cacheFolder, "00/a.new"), join(cacheFolder, "00/b.new")];
  for (const path of [old, young]) {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "stdout"), "left by a process that was killed");
  }
  utimesSync(old, new Date(0), new Date(0));
  expect(pruneCache(cacheFolder, 1e9)).toMatchObject({ executions: 1 });
  expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
});
