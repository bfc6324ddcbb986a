import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { RunPurpose } from "../../../src/core/candidate.ts";
import { type PythonRunnerOptions, pythonRunner } from "../../../tools/run-python/python-runner.ts";
import { unconfined } from "../../../tools/run-python/sandbox/unconfined.ts";
import { timeLimit } from "../../../tools/run-python/time-limit.ts";
import { PYTHON } from "./backends.ts";
import { script } from "./script-text.ts";

const NONE = unconfined();
type Changes = Partial<PythonRunnerOptions> & { seconds?: number; seed?: number };

/** A runner over a temporary folder, with what it was told to report; `again` makes another one over the same folder. */
export function setUp(changes: Changes = {}, folder = temporaryFolder()) {
  const inputFolder = join(folder, "data");
  const attemptsFolder = join(folder, "attempts");
  const started: string[] = [];
  const { seconds = 60, seed = 7, ...options } = changes;
  // Without a sandbox root's scripts run as another user, who has to get there.
  if ((changes.executor ?? NONE).name === "none") chmodSync(folder, 0o777);
  const runPython = pythonRunner({
    executor: NONE,
    ...PYTHON,
    attemptsFolder,
    inputFolder,
    settings: { maxTrainRows: 500, seed },
    timeLimit: () => timeLimit(seconds),
    plan: {
      slots: [[0], [1]],
      gpus: [],
      cpusPerSlot: 1,
      memoryMbPerSlot: 1024,
      diskMbPerSlot: 1024,
    },
    checkSubmission: async (attempt) =>
      existsSync(join(attempt, "final", "submission.csv")) ? { valid: true, problem: null } : null,
    prewarm: false,
    sharesFile: join(folder, "shares.sqlite"),
    onStart: ({ id }) => started.push(id),
    ...options,
  });
  onTestFinished(runPython.close);
  const run = (name: string, id = "track-1/model-1", purpose: RunPurpose = "solution") =>
    runPython({ id, script: script(name), purpose });
  const again = () => setUp(changes, folder);
  return { run, runPython, again, folder, attemptsFolder, inputFolder, started };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "runner-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "data"));
  writeFileSync(join(folder, "data", "train.csv"), "id,target\n1,2\n");
  // Where scripts leave traces: each slot's may run as a user of its own.
  for (const name of ["runs.txt", "rows.txt"]) {
    writeFileSync(join(folder, name), "");
    chmodSync(join(folder, name), 0o666);
  }
  return folder;
}

/** Processes on this machine that were started for a script with this seed. */
export function processesOf(seed: number): string[] {
  return readdirSync("/proc").filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/environ`, "utf8").includes(`MLE_STAR_SEED=${seed}\0`);
    } catch {
      // It has ended meanwhile.
      return false;
    }
  });
}
