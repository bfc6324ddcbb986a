import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ToolError } from "../../src/core/errors.ts";
import { runCommand } from "../machine/run-command.ts";
import type { Python } from "./interpreter-roots.ts";
import { madeOnce } from "./made-once.ts";
import type { PythonEnvironment } from "./python-environment.ts";

const INSTALL_SECONDS = 300;

/** Makes the environment with these distributions above the base, which stays as it is, or finds it; else why not, in one sentence. */
export async function packageLayer(
  base: PythonEnvironment,
  distributions: readonly string[],
  home: string,
  signal?: AbortSignal,
): Promise<Python | { problem: string }> {
  const wanted = [...distributions].toSorted();
  const identity = JSON.stringify([base.digest, wanted]);
  const digest = createHash("sha256").update(identity).digest("hex").slice(0, 16);
  const folder = join(home, "layers", digest);
  const layer = {
    interpreter: join(folder, "bin", "python"),
    interpreterRoots: [...base.interpreterRoots, folder],
  };
  try {
    await madeOnce(folder, z.string(), () => build(base, wanted, folder, signal), { signal });
    return layer;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { problem: error.message };
  }
}

/** Wheels only, so that installing runs no code of theirs; the base's versions are constraints that cannot move. */
async function build(
  base: PythonEnvironment,
  wanted: readonly string[],
  folder: string,
  signal?: AbortSignal,
): Promise<string> {
  const options = { signal, timeoutSeconds: INSTALL_SECONDS };
  const python = join(folder, "bin", "python");
  const made = await runCommand(base.interpreter, ["-m", "venv", folder], options);
  const where = ["-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"];
  const [own, below] = await Promise.all([
    runCommand(python, where, options),
    runCommand(base.interpreter, where, options),
  ]);
  if (made.exitCode !== 0 || own.exitCode !== 0)
    throw new ToolError(`an environment could not be made (${made.lines.at(-1) ?? "no output"})`);
  writeFileSync(join(own.stdout.trim(), "base.pth"), `${below.stdout.trim()}\n`);
  const constraints = join(folder, "constraints.txt");
  const pins = base.workbench.packages.map(({ name, version }) => `${name}==${version}\n`);
  writeFileSync(constraints, pins.join(""));
  const words = ["-m", "pip", "install", "--only-binary", ":all:", "--retries", "1"];
  const install = [...words, "--constraint", constraints, ...wanted];
  const installed = await runCommand(python, install, options);
  if (installed.exitCode !== 0) throw new ToolError(installed.lines.at(-1) ?? "pip failed");
  return wanted.join();
}
