import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Run } from "../../src/core/candidate.ts";
import { SUBMISSION_NAME } from "../../src/record/attempt.ts";
import { SCRIPT_NAME } from "./sandbox/work-folder.ts";

/** Where one script's attempt is kept. */
export interface Attempt {
  /** The id asked for, or with another script already there, that id with a number: `track-1/model-2~2`. */
  id: string;
  folder: string;
}

const OWN_FILES = [
  ...[SCRIPT_NAME, "stdout.txt", "stderr.txt", "result.json", "final", "input"],
  SUBMISSION_NAME,
];

/** The files of an attempt that the harness writes. */
export const attemptFiles = ({ folder }: Attempt) => ({
  stdout: join(folder, "stdout.txt"),
  stderr: join(folder, "stderr.txt"),
});

/** Makes the attempt's folder under its id, anew where this script has one, or else under the first free name. */
export async function makeAttempt(
  attemptsFolder: string,
  id: string,
  script: string,
  inputFolder: string,
): Promise<Attempt> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? id : `${id}~${number}`;
    const folder = join(attemptsFolder, name);
    const before = await readFile(join(folder, SCRIPT_NAME), "utf8").catch(() => null);
    if (before !== null && before !== script) continue;
    // Attempts may be nested in the folder of another one: only its own files are taken away.
    for (const file of OWN_FILES) await rm(join(folder, file), { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, SCRIPT_NAME), script);
    await symlink(inputFolder, join(folder, "input"));
    return { id: name, folder };
  }
}

/** Writes down what the attempt came to, for people: nothing reads it to know what to do. */
export async function finishAttempt({ folder }: Attempt, run: Run): Promise<void> {
  await writeFile(join(folder, "result.json"), JSON.stringify({ run }, null, 1));
}
