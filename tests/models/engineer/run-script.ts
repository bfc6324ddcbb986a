import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parseScore } from "../../../src/core/score.ts";
import { sciencePython } from "../../support/science-python.ts";

const python = sciencePython();
const SERVER = join(import.meta.dirname, "run-scripts.py");

/** Whether scripts can be run here. */
export const canRun = python !== null;

/** How long a suite may take to run its scripts, on a busy machine too. */
export const PATIENCE_MS = 240_000;

export interface Left {
  stdout: string;
  /** Empty when the script ended well without a word of complaint. */
  stderr: string;
  score: number | null;
  /** Lines of the submission, and of the held-out rows' predictions, the header first; null when there is none. */
  submission: string[] | null;
  validation: string[] | null;
  /** Where it left them. */
  final: string;
}

/** Runs scripts one after another, each in a folder of its own with its task's data, as the harness would. */
export async function runScripts(
  scripts: readonly { script: string; taskFolder: string }[],
): Promise<Left[]> {
  if (python === null) throw new Error("there is no Python to run scripts with");
  const folders = scripts.map(({ script, taskFolder }) => {
    const folder = mkdtempSync(join(tmpdir(), "tiny-run-"));
    symlinkSync(taskFolder, join(folder, "input"));
    writeFileSync(join(folder, "solution.py"), script);
    return folder;
  });
  const env = {
    PATH: process.env["PATH"],
    OMP_NUM_THREADS: "1",
    OPENBLAS_NUM_THREADS: "1",
    MLE_STAR_SEED: "3",
    MLE_STAR_CPUS: "1",
    MLE_STAR_MAX_TRAIN_ROWS: "110",
  };
  await promisify(execFile)(python, [SERVER, ...folders], { env });
  return folders.map(leftIn);
}

/** Runs one script. */
export async function runScript(script: string, taskFolder: string): Promise<Left> {
  const [left] = await runScripts([{ script, taskFolder }]);
  if (left === undefined) throw new Error("the script was not run");
  return left;
}

function leftIn(folder: string): Left {
  const read = (name: string) => {
    const path = join(folder, name);
    return existsSync(path) ? readFileSync(path, "utf8") : null;
  };
  const stdout = read("stdout.txt") ?? "";
  return {
    stdout,
    stderr: read("stderr.txt") ?? "",
    score: parseScore(stdout),
    submission: read("final/submission.csv")?.trim().split("\n") ?? null,
    validation: read("final/validation.csv")?.trim().split("\n") ?? null,
    final: join(folder, "final"),
  };
}
