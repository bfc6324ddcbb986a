import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pythonRunner } from "../../../tools/run-python/python-runner.ts";
import { timeLimit } from "../../../tools/run-python/time-limit.ts";
import { BACKENDS, PYTHON } from "./backends.ts";
import { script } from "./script-text.ts";

// A program of its own, to be killed while its script runs.
const [, , folder = "", backend = "", seed = ""] = process.argv;
const executor = BACKENDS.find(({ name }) => name === backend)?.executor;
if (executor === undefined) throw new Error(`no back end ${backend}`);
mkdirSync(join(folder, "data"));
const runPython = pythonRunner({
  executor,
  ...PYTHON,
  attemptsFolder: join(folder, "attempts"),
  inputFolder: join(folder, "data"),
  timeLimit: () => timeLimit(600),
  settings: { maxTrainRows: 500, seed: Number(seed) },
  plan: { slots: [[0]], gpus: [], cpusPerSlot: 1, memoryMbPerSlot: 1024, diskMbPerSlot: 1024 },
  checkSubmission: async () => null,
  sharesFile: join(folder, "shares.sqlite"),
});
await runPython({ id: "a", script: script("hangs-with-children"), purpose: "solution" });
await runPython.close();
