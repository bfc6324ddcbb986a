import { createHash } from "node:crypto";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { letOthersRead } from "../python-environment/build-environment.ts";
import { withLock } from "../python-environment/hold-lock.ts";
import type { PythonEnvironment } from "../python-environment/python-environment.ts";
import { runCommand } from "../run-command.ts";

/** A Python with more packages than the base, which stays as it is below it. */
export interface Layer {
  interpreter: string;
  interpreterRoots: string[];
}

const INSTALL_SECONDS = 300;

/** Makes the environment with these distributions besides the base's, or finds it; else why not, in one sentence. */
export async function packageLayer(
  base: PythonEnvironment,
  distributions: readonly string[],
  home: string,
  signal?: AbortSignal,
): Promise<Layer | { problem: string }> {
  const wanted = [...distributions].toSorted();
  const identity = JSON.stringify([base.digest, wanted]);
  const digest = createHash("sha256").update(identity).digest("hex").slice(0, 16);
  const folder = join(home, "layers", digest);
  const layer = {
    interpreter: join(folder, "bin", "python"),
    interpreterRoots: [...base.roots, folder],
  };
  const marker = join(folder, ".complete");
  if (existsSync(marker)) return layer;
  return withLock(
    `${folder}.lock`,
    async () => {
      if (existsSync(marker)) return layer;
      const problem = await build(base, wanted, folder, signal);
      if (problem !== null) {
        rmSync(folder, { recursive: true, force: true });
        return { problem };
      }
      writeFileSync(marker, identity);
      return layer;
    },
    { signal },
  );
}

/** Wheels only, so that installing runs no code of theirs; the base's versions are constraints that cannot move. */
async function build(
  base: PythonEnvironment,
  wanted: readonly string[],
  folder: string,
  signal?: AbortSignal,
): Promise<string | null> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const options = { signal, timeoutSeconds: INSTALL_SECONDS };
  const python = join(folder, "bin", "python");
  const made = await runCommand(base.interpreter, ["-m", "venv", folder], options);
  const where = ["-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"];
  const [own, below] = await Promise.all([
    runCommand(python, where, options),
    runCommand(base.interpreter, where, options),
  ]);
  if (made.exitCode !== 0 || own.exitCode !== 0)
    return `an environment could not be made (${made.lines.at(-1) ?? "no output"})`;
  writeFileSync(join(own.stdout.trim(), "base.pth"), `${below.stdout.trim()}\n`);
  const constraints = join(folder, "constraints.txt");
  const pins = base.workbench.packages.map(({ name, version }) => `${name}==${version}\n`);
  writeFileSync(constraints, pins.join(""));
  const words = ["-m", "pip", "install", "--only-binary", ":all:", "--retries", "1"];
  const install = [...words, "--constraint", constraints, ...wanted];
  const installed = await runCommand(python, install, options);
  await letOthersRead(folder);
  return installed.exitCode === 0 ? null : (installed.lines.at(-1) ?? "pip failed");
}
