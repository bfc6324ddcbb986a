import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { SettingsError } from "../../src/core/errors.ts";
import { controlExecution } from "./control-execution.ts";
import type { Executor } from "./executor.ts";
import { scriptEnvironment } from "./script-environment.ts";
import { makeWorkFolder, placeScript } from "./work-folder.ts";

const PROBE = fileURLToPath(new URL("./probe.py", import.meta.url));
const PROBE_SECONDS = 30;
const PROBE_MEMORY_MB = 512;

/** What a script found out about its own confinement by looking around. */
export const Confinement = z.object({
  python: z.string(),
  user: z.number(),
  seccomp: z.boolean(),
  noNewPrivileges: z.boolean(),
  capabilities: z.number(),
  processes: z.number(),
  network: z.boolean(),
  writesSystem: z.boolean(),
  writesKernelSettings: z.boolean(),
  writesData: z.boolean(),
  writesWork: z.boolean(),
});
export type Confinement = z.infer<typeof Confinement>;

export interface Python {
  interpreter: string;
  interpreterRoots: readonly string[];
}

/** Runs a harmless script by the executor; what it saw, or in one sentence why it did not run. */
export async function probeSandbox(
  executor: Executor,
  python: Python,
  folder: string,
): Promise<Confinement | { problem: string }> {
  const probeFolder = await probeFolderIn(folder);
  try {
    return await runProbe(executor, python, probeFolder);
  } finally {
    await rm(probeFolder, { recursive: true, force: true });
  }
}

async function probeFolderIn(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    return await mkdtemp(join(folder, "probe-"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError(
      `${dirname(folder)} cannot be written (${reason}): name a folder of your own by MLE_STAR_HOME.`,
      { cause: error },
    );
  }
}

async function runProbe(executor: Executor, python: Python, folder: string) {
  const inputFolder = join(folder, "data");
  await mkdir(inputFolder);
  const workFolder = await makeWorkFolder(join(folder, "work"), inputFolder);
  await placeScript(workFolder, readFileSync(PROBE, "utf8"));
  const seconds = PROBE_SECONDS;
  const conditions = { cpus: 1, gpu: null, seed: 0, seconds, maxTrainRows: null };
  const execution = await executor.start({
    ...python,
    workFolder,
    inputFolder,
    environment: scriptEnvironment(conditions),
    slot: 0,
    cores: [],
    gpu: null,
    memoryMb: PROBE_MEMORY_MB,
    seconds,
  });
  const [stdoutFile, stderrFile] = [join(folder, "stdout.txt"), join(folder, "stderr.txt")];
  const allowance = { memoryMb: PROBE_MEMORY_MB, diskMb: 16, files: 100 };
  const control = { seconds, workFolder, allowance, stdoutFile, stderrFile };
  const ended = await controlExecution(execution, control);
  if (ended.exitCode === 0) return Confinement.parse(JSON.parse(ended.stdout));
  return { problem: ended.stderr.trim().split("\n").at(-1) || `exit code ${ended.exitCode}` };
}

/** What a sandbox on Linux must keep shut, as words; empty when all of it is. */
export function openDoors(seen: Confinement): string[] {
  const doors = {
    "system calls are not filtered": !seen.seccomp,
    "programs may gain privileges": !seen.noNewPrivileges,
    "it holds capabilities": seen.capabilities !== 0,
    "it sees other processes": seen.processes > 4,
    "it reaches the network": seen.network,
    "it may write to the system": seen.writesSystem,
    "it may write kernel settings": seen.writesKernelSettings,
    "it may write to the data": seen.writesData,
    "it may not write to its work folder": !seen.writesWork,
  };
  return Object.entries(doors).flatMap(([door, isOpen]) => (isOpen ? [door] : []));
}
