import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dataHome } from "../tools/environments/data-home.ts";
import { pythonEnvironment } from "../tools/environments/python-environment.ts";
import { type PythonRunnerOptions, pythonRunner } from "../tools/run-python/python-runner.ts";
import { selectSandbox } from "../tools/run-python/sandbox/select-sandbox.ts";
import { timeLimit } from "../tools/run-python/time-limit.ts";

/** What the benches of execution share: a Python with packages, the sandbox, runners over a folder of their own. */
export async function sandboxBench() {
  const python = process.env["MLE_STAR_PYTHON"];
  const environment = await pythonEnvironment({ python, onProgress: console.error });
  const { interpreter, interpreterRoots, plan } = environment;
  const folder = mkdtempSync(join(tmpdir(), "sandbox-bench-"));
  const inputFolder = join(folder, "data");
  mkdirSync(inputFolder);
  writeFileSync(join(inputFolder, "train.csv"), "id,target\n1,2\n");
  const options = { python: { interpreter, interpreterRoots }, home: dataHome() };
  const executor = await selectSandbox("auto", options);
  let runs = 0;
  const runner = (changes: Partial<PythonRunnerOptions> & { seconds?: number } = {}) => {
    runs += 1;
    const { seconds = 600, ...rest } = changes;
    return pythonRunner({
      executor,
      interpreter,
      interpreterRoots,
      attemptsFolder: join(folder, `run-${runs}`, "attempts"),
      inputFolder,
      settings: { maxTrainRows: 30_000, seed: 0 },
      timeLimit: () => timeLimit(seconds),
      plan,
      checkSubmission: async (attempt) =>
        existsSync(join(attempt, "final")) ? { valid: true, problem: null } : null,
      prewarm: false,
      sharesFile: join(folder, "shares.sqlite"),
      ...rest,
    });
  };
  const clean = () => rmSync(folder, { recursive: true, force: true });
  return { environment, executor, runner, folder, clean };
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Milliseconds that the work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
