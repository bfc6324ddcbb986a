import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Python } from "../../environments/interpreter-roots.ts";
import type { Executor } from "./executor.ts";
import { makeWorkFolder, placeScript } from "./work-folder.ts";

const PROBE = fileURLToPath(new URL("./probe.py", import.meta.url));
const PROBE_SECONDS = 30;
const PROBE_MEMORY_MB = 512;
const PROBE_DISK_MB = 16;

/** Runs a harmless script by the executor: what in the sandbox is open, as words, or in one sentence why it did not run. */
export async function probeSandbox(
  executor: Executor,
  python: Python,
  folder: string,
): Promise<{ doors: string[] } | { problem: string }> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const probeFolder = await mkdtemp(join(folder, "probe-"));
  try {
    return await runProbe(executor, python, probeFolder);
  } finally {
    await rm(probeFolder, { recursive: true, force: true });
  }
}

async function runProbe(executor: Executor, python: Python, folder: string) {
  const inputFolder = join(folder, "data");
  await mkdir(inputFolder);
  const workFolder = await makeWorkFolder(join(folder, "work"), inputFolder);
  await placeScript(workFolder, readFileSync(PROBE, "utf8"));
  const execution = await executor.start({
    ...python,
    workFolder,
    inputFolder,
    environment: {},
    slot: 0,
    cores: [],
    gpu: null,
    memoryMb: PROBE_MEMORY_MB,
    diskMb: PROBE_DISK_MB,
    cpuSeconds: PROBE_SECONDS,
  });
  const overdue = setTimeout(() => execution.stop(true), PROBE_SECONDS * 1000);
  const said = Promise.all([text(execution.stdout), text(execution.stderr)]);
  const { exitCode } = await execution.ended.finally(() => clearTimeout(overdue));
  execution.heldFolder?.letGo();
  const [stdout, stderr] = await said;
  if (exitCode === 0) return { doors: z.array(z.string()).parse(JSON.parse(stdout)) };
  return { problem: stderr.trim().split("\n").at(-1) || `exit code ${exitCode}` };
}
