import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";
import { type CommandOptions, runCommand } from "../run-command.ts";
import { Interpreter } from "./probe-interpreter.ts";

export interface Build {
  folder: string;
  lockFile: string;
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

async function step(command: string, parameters: string[], build: Build, options: CommandOptions) {
  const end = await runCommand(command, parameters, {
    environment: { ...build.environment, UV_PYTHON_DOWNLOADS: "never", PIP_NO_INPUT: "1" },
    signal: build.signal,
    timeoutSeconds: BUILD_SECONDS,
    ...options,
  });
  if (end.exitCode === 0) return;
  const cause =
    end.lines.findLast((line) => /error|could not|failed/i.test(line)) ?? end.lines.at(-1);
  throw new ToolError(
    `The Python environment in ${build.folder} could not be made (${[command, ...parameters.slice(0, 3)].join(" ")}: ${cause ?? "no output"}): check that the package index can be reached, or name an interpreter that has the packages with --python.`,
  );
}

const DOWNLOAD = /^(?:\s*Downloading|Collecting|Downloaded|Prepared|Installed|Installing)\b/;

async function withUv(uv: string, build: Build): Promise<void> {
  const python = interpreterOf(build.folder);
  await step(uv, ["venv", "--python", build.base.executable, build.folder], build, {});
  const parameters = [
    "pip",
    "sync",
    "--python",
    python,
    "--require-hashes",
    "--only-binary",
    ":all:",
  ];
  await step(uv, [...parameters, "--compile-bytecode", build.lockFile], build, {
    onLine: (line) => DOWNLOAD.test(line) && build.onProgress(line.trim()),
  });
}

async function withPip(build: Build): Promise<void> {
  const python = interpreterOf(build.folder);
  await step(build.base.executable, ["-m", "venv", build.folder], build, {});
  const parameters = ["-m", "pip", "install", "--require-hashes", "--only-binary", ":all:"];
  const quiet = ["--no-compile", "--disable-pip-version-check", "--retries", "2"];
  await step(python, [...parameters, ...quiet, "--requirement", build.lockFile], build, {
    onLine: (line) => DOWNLOAD.test(line) && build.onProgress(line.trim().slice(0, 100)),
  });
  build.onProgress("Compiling packages");
  // Some packages ship files for other Python versions; those few failing to compile is no fault.
  await runCommand(python, ["-m", "compileall", "-q", "-j", "0", join(build.folder, "lib")], {
    signal: build.signal,
  });
}

/** Makes the environment in its final folder, from hash-locked wheels only, byte-compiled; removes what a failure left. */
export async function buildEnvironment(build: Build): Promise<void> {
  rmSync(build.folder, { recursive: true, force: true });
  mkdirSync(build.folder, { recursive: true, mode: 0o755 });
  try {
    if (build.uv === null) await withPip(build);
    else await withUv(build.uv, build);
    await letOthersRead(build.folder);
  } catch (error) {
    rmSync(build.folder, { recursive: true, force: true });
    throw error;
  }
}

/** Root's scripts run as other users, who must be able to read their packages whatever root's umask is. */
export async function letOthersRead(folder: string): Promise<void> {
  if (process.getuid?.() === 0) await runCommand("chmod", ["-R", "a+rX", folder]);
}

const markerOf = (folder: string) => join(folder, ".complete");

/** What the interpreter of a finished environment said of itself; null when there is none, or its Python has gone. */
export function readMarker(folder: string): Interpreter | null {
  if (!existsSync(markerOf(folder)) || !existsSync(interpreterOf(folder))) return null;
  return Interpreter.parse(JSON.parse(readFileSync(markerOf(folder), "utf8")));
}

/** Declares the environment finished: always the last file of a build. */
export function writeMarker(folder: string, interpreter: Interpreter): void {
  writeFileSync(markerOf(folder), JSON.stringify(interpreter, null, 1));
}
