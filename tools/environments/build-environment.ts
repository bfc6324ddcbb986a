import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";
import { runCommand } from "../machine/run-command.ts";
import type { Lock } from "./locks.ts";
import type { Interpreter } from "./probe-interpreter.ts";

export interface Build {
  folder: string;
  lock: Lock;
  base: Interpreter;
  /** The uv command; null means venv and pip. */
  uv: string | null;
  environment: NodeJS.ProcessEnv;
  onProgress: (line: string) => void;
  signal?: AbortSignal | undefined;
}

const BUILD_SECONDS = 1800;

/** The interpreter of an environment folder. */
export function interpreterOf(folder: string): string {
  return join(folder, "bin", "python");
}

const DOWNLOAD = /^(?:\s*Downloading|Collecting|Downloaded|Prepared|Installed|Installing)\b/;
const MOST_SHOWN = 100;

async function step(command: string, parameters: string[], build: Build): Promise<void> {
  const end = await runCommand(command, parameters, {
    environment: { ...build.environment, UV_PYTHON_DOWNLOADS: "never", PIP_NO_INPUT: "1" },
    signal: build.signal,
    timeoutSeconds: BUILD_SECONDS,
    onLine: (line) => DOWNLOAD.test(line) && build.onProgress(line.trim().slice(0, MOST_SHOWN)),
  });
  if (end.exitCode === 0) return;
  const cause =
    end.lines.findLast((line) => /error|could not|failed/i.test(line)) ?? end.lines.at(-1);
  throw new ToolError(
    `The Python environment in ${build.folder} could not be made (${[command, ...parameters.slice(0, 3)].join(" ")}: ${cause ?? "no output"}): check that the package index can be reached, or name an interpreter that has the packages with --python.`,
  );
}

// A lock names all that is needed, and its digests guard against any other file of a name.
const WHEELS = ["--no-deps", "--require-hashes", "--only-binary", ":all:"];
const CPU_TORCH = "https://download.pytorch.org/whl/cpu";

/** The locks as files, each with the words that go with it: the one that may not be had first. */
function lockFiles({ folder, lock }: Build): string[][] {
  const written = (name: string, text: string) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const rest = ["--requirement", written("requirements.lock", lock.text)];
  if (lock.cpuTorch === "") return [rest];
  const torch = ["--requirement", written("torch-cpu.lock", lock.cpuTorch)];
  return [["--extra-index-url", CPU_TORCH, ...torch], rest];
}

async function withUv(uv: string, build: Build): Promise<void> {
  const { folder, base } = build;
  await step(uv, ["venv", "--python", base.executable, folder], build);
  const install = ["pip", "install", "--python", interpreterOf(folder), ...WHEELS];
  for (const words of lockFiles(build))
    await step(uv, [...install, "--compile-bytecode", ...words], build);
}

async function withPip(build: Build): Promise<void> {
  const python = interpreterOf(build.folder);
  await step(build.base.executable, ["-m", "venv", build.folder], build);
  const quiet = ["--no-compile", "--disable-pip-version-check", "--retries", "2"];
  const install = ["-m", "pip", "install", ...WHEELS, ...quiet];
  for (const words of lockFiles(build)) await step(python, [...install, ...words], build);
  build.onProgress("Compiling packages");
  // Some packages ship files for other Python versions; those few failing to compile is no fault.
  await runCommand(python, ["-m", "compileall", "-q", "-j", "0", join(build.folder, "lib")], {
    signal: build.signal,
  });
}

/** Makes the environment in its final folder, from hash-locked wheels only, byte-compiled. */
export async function buildEnvironment(build: Build): Promise<void> {
  if (build.uv === null) await withPip(build);
  else await withUv(build.uv, build);
}
