import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  ExecutionCache,
  type ExecutionKey,
} from "../../../../tools/run-python/cache/execution-cache.ts";
import { pruneCache } from "../../../../tools/run-python/cache/prune-cache.ts";
import { timeLimit } from "../../../../tools/run-python/time-limit.ts";

// A program of its own, of which several work on one cache: says how often it found a result, and how often a torn one.
const [, , cacheFolder = "", folder = "", name = ""] = process.argv;
const KEY: ExecutionKey = {
  script: "print(1)",
  dataDigest: "data",
  environmentDigest: "environment",
  executor: "none",
  cpus: 1,
  memoryMb: 1000,
  seed: 0,
  maxTrainRows: 500,
  limit: timeLimit(60),
};
const cache = new ExecutionCache(cacheFolder);
const [kept, taken] = [join(folder, "kept"), join(folder, "taken")];
const SUBMISSION = join("final", "submission.csv");
mkdirSync(join(kept, "final"), { recursive: true });
let found = 0;
let torn = 0;
for (let round = 0; round < 60; round += 1) {
  const seed = round % 4;
  const text = `${name} ${seed}\n`;
  for (const file of ["stdout.txt", "stderr.txt", SUBMISSION])
    writeFileSync(join(kept, file), text.repeat(5000));
  const run = {
    id: "a",
    ok: true,
    outcome: "ok" as const,
    exitCode: 0,
    stdout: text,
    stderr: "",
    origin: "ran" as const,
  };
  const submission = { valid: true, problem: null };
  await cache.keep({ ...KEY, seed }, { ...run, seconds: 1, submission }, kept);
  const result = await cache.find({ ...KEY, seed: (seed + 1) % 4 }, taken);
  if (result !== null) {
    found += 1;
    if (readFileSync(join(taken, SUBMISSION), "utf8") !== result.stdout.repeat(5000)) torn += 1;
  }
  if (round % 10 === 0) pruneCache(cacheFolder, 200_000);
}
process.stdout.write(JSON.stringify({ found, torn }));
