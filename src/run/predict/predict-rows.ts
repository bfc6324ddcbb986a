import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Python } from "../../../tools/environments/interpreter-roots.ts";
import { pythonEnvironment } from "../../../tools/environments/python-environment.ts";
import { runPrediction } from "../../../tools/predict/run-prediction.ts";
import type { Preflight } from "../../../tools/run-python/preflight.ts";
import { scriptEnvironment } from "../../../tools/run-python/script-environment.ts";
import { weightVariables, withWeights } from "../../../tools/run-python/weights.ts";
import { NoSolutionError, SettingsError } from "../../core/errors.ts";
import { isBuiltIn } from "../../core/model-choice.ts";
import { type RunRecord, readRun } from "../../record/run-record.ts";
import { OUTSIDE } from "../../report/export/standalone-script.ts";
import { writeExport } from "../../report/export/write-export.ts";
import { nothingForeign, scriptExecution } from "../script-execution.ts";

export interface NewRows {
  runsFolder: string;
  runId: string;
  /** The new rows: a table with the columns of the test table. */
  rows: string;
  /** The folder with the files that they speak of; null where they speak of none. */
  media: string | null;
  /** Where the predictions go. */
  into: string;
}

interface Around {
  environment: NodeJS.ProcessEnv;
  onNotice: (line: string) => void;
  signal?: AbortSignal | undefined;
}

/**
 * Predicts new rows by the best solution of a run, in the sandbox that its scripts ran in. What the solution fits is kept in the run's folder,
 * where its scripts do that, and read again the next time.
 */
export async function predictRows(
  { runsFolder, runId, rows, media, into }: NewRows,
  { environment, onNotice, signal }: Around,
): Promise<void> {
  for (const path of [rows, ...(media === null ? [] : [media])])
    if (!existsSync(path)) throw new SettingsError(`${path}: there is no such file`);
  const record = readRun(runsFolder, runId);
  const folder = join(resolve(runsFolder), runId);
  const scratch = join(folder, "work");
  const solution = join(mkdtempSync(join(folder, ".predict-")), "solution");
  let preflight: Preflight | null = null;
  try {
    const { refused } = await writeExport(runsFolder, runId, solution, { data: "linked" });
    if (refused !== null)
      throw new SettingsError(`run ${runId}: it cannot predict new rows: ${refused}`);
    const fitted = join(folder, "fitted");
    if (existsSync(fitted)) symlinkSync(fitted, join(solution, "fitted"));
    const found = await pythonEnvironment({
      ...{ python: record.python ?? undefined, environment, onProgress: onNotice, signal },
    });
    const python = withWeights(found, record.scriptPolicy.weights);
    const scripts = await scriptExecution({
      policy: record.scriptPolicy,
      ownScripts: isBuiltIn({ ...record.choice, model: record.model }) && nothingForeign(record),
      ...{ python, isManaged: record.python === null, dataDigest: record.task.fingerprint },
      ...{ environment, onNotice },
    });
    preflight = scripts.preflight;
    const [gpu = null] = python.plan.gpus;
    const exitCode = await runPrediction({
      ...{ solution, rows, media, into, fitted, scratch, signal, onLine: onNotice },
      python: await withPackages(solution, python, scripts.preflight),
      executor: scripts.executor,
      environment: surroundingsOf(record, gpu?.id ?? null),
      ...{ gpu, memoryMb: python.plan.memoryMbPerSlot },
    });
    if (exitCode === 2) throw new SettingsError(`${rows}: it cannot be predicted; see above`);
    if (exitCode !== 0)
      throw new NoSolutionError(`run ${runId}: its solution failed on ${rows}; see above`);
  } finally {
    preflight?.close();
    rmSync(resolve(solution, ".."), { recursive: true, force: true });
  }
}

/** What Python must be told before it starts, and what is about this machine: the solution itself sets what it ran with. */
function surroundingsOf({ settings, scriptPolicy }: RunRecord, gpu: string | null) {
  const { seed, scriptSeconds: seconds } = settings;
  const { weights } = scriptPolicy;
  const all = scriptEnvironment({ cpus: 1, gpu, seed, seconds, maxTrainRows: null, weights });
  const known = weights === null ? {} : weightVariables(weights);
  const isSet = ([name]: [string, string]) =>
    OUTSIDE.test(name) || name in known || (gpu !== null && name.startsWith("CUDA_"));
  return Object.fromEntries(Object.entries(all).filter(isSet));
}

/** The Python that has what the scripts import beyond the usual. */
async function withPackages(solution: string, python: Python, look: Preflight): Promise<Python> {
  const names = readdirSync(solution).filter((name) => name.endsWith(".py"));
  const text = names
    .filter((name) => name !== "predict.py")
    .map((name) => readFileSync(join(solution, name), "utf8"))
    .join("\n")
    .replaceAll(/^from __future__ .*$/gm, "");
  const found = await look({ id: "", script: text, purpose: "submission" });
  // What stands in its way otherwise, the solution itself says.
  return "problem" in found ? python : found;
}
