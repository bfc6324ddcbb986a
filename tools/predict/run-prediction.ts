import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { basename, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { ToolError } from "../../src/core/errors.ts";
import type { Python } from "../environments/interpreter-roots.ts";
import { copyFile } from "../measure/view/place-file.ts";
import type { Executor } from "../run-python/sandbox/executor.ts";
import { removeFolder } from "../run-python/sandbox/remove-folder.ts";
import { makeWorkFolder, placeScript } from "../run-python/sandbox/work-folder.ts";

export interface PredictionRequest {
  /** An exported solution, with its data. */
  solution: string;
  /** The new rows, in any format that its `predict.py` reads. */
  rows: string;
  /** The folder with the files that they speak of; null where they speak of none. */
  media: string | null;
  /** Where the predictions go, as CSV. */
  into: string;
  /** Where what was fitted is kept from one prediction to the next. */
  fitted: string;
  /** A folder to work in. */
  scratch: string;
  python: Python;
  executor: Executor;
  environment: Record<string, string>;
  memoryMb: number;
  gpu: { index: number; id: string } | null;
  /** Each line that it says meanwhile. */
  onLine: (line: string) => void;
  signal?: AbortSignal | undefined;
}

// Another user than any script's, the scorer's and the converter's, where root starts it.
const SLOT = 1002;

/** Predicts new rows by an exported solution, confined as scripts are; returns the exit code of its `predict.py`. */
export async function runPrediction(request: PredictionRequest): Promise<number> {
  const { solution, rows, into, fitted, scratch, python, executor, signal } = request;
  mkdirSync(scratch, { recursive: true, mode: 0o755 });
  const inputFolder = mkdtempSync(join(scratch, "input-"));
  chmodSync(inputFolder, 0o755);
  symlinkSync(resolve(solution), join(inputFolder, "solution"));
  const table = `new${/(?:\.\w+){0,2}$/.exec(basename(rows))?.[0] ?? ""}`;
  symlinkSync(resolve(rows), join(inputFolder, table));
  if (request.media !== null) symlinkSync(resolve(request.media), join(inputFolder, "media"));
  const work = realpathSync(await makeWorkFolder(scratch, inputFolder));
  try {
    await placeScript(work, startOf(table, rows, request.media));
    const execution = await executor.start({
      ...{ interpreter: python.interpreter, interpreterRoots: python.interpreterRoots },
      ...{ workFolder: work, inputFolder, slot: SLOT, cores: [], cpuSeconds: 0 },
      ...{ gpu: request.gpu, memoryMb: request.memoryMb },
      environment: { ...request.environment, ...python.variables },
    });
    execution.stdout.resume();
    createInterface({ input: execution.stderr }).on("line", request.onLine);
    const stop = () => execution.stop(true);
    signal?.addEventListener("abort", stop, { once: true });
    const { exitCode } = await execution.ended;
    signal?.removeEventListener("abort", stop);
    signal?.throwIfAborted();
    if (exitCode === 0) {
      takeFile(join(work, "final", "predictions.csv"), into);
      takeFitted(join(work, "final", "fitted"), fitted);
    }
    return exitCode;
  } finally {
    await removeFolder(work);
    rmSync(inputFolder, { recursive: true });
  }
}

const startOf = (table: string, rows: string, media: string | null): string => `import runpy
import sys

sys.argv = ["predict.py", "./input/${table}", "-o", "./final/predictions.csv", "--keep", "./final/fitted", "--work", ".", "--called", ${JSON.stringify(rows)}${media === null ? "" : ', "--media", "./input/media"'}]
runpy.run_path("./input/solution/predict.py", run_name="__main__")
`;

/** What ran there may have left anything under these names, also on the way to them. */
const isOwn = (path: string): boolean => existsSync(path) && realpathSync(path) === path;
const isPlain = (path: string): boolean => {
  const state = lstatSync(path, { throwIfNoEntry: false });
  return isOwn(path) && state?.isFile() === true && state.nlink === 1;
};

function takeFile(from: string, to: string): void {
  if (!isPlain(from)) throw new ToolError("the solution left no predictions in a plain file");
  copyFile(from, to);
}

/** Folders of plain files, in the place of what was kept before; only the sandbox ever reads them. */
function takeFitted(from: string, to: string): void {
  if (!isOwn(from)) return;
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true }))
    if (!entry.isDirectory() && !isPlain(join(entry.parentPath, entry.name))) return;
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
}
