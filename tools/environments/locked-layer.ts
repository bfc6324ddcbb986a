import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { ToolError } from "../../src/core/errors.ts";
import { runCommand } from "../machine/run-command.ts";
import type { Python } from "./interpreter-roots.ts";
import { madeOnce } from "./made-once.ts";
import type { PythonEnvironment } from "./python-environment.ts";

const INSTALL_SECONDS = 300;

/** The Python with the packages of a lock beside its own, in exact versions whose digests are known; it is made once. */
export async function lockedLayer(
  base: Pick<PythonEnvironment, "interpreter" | "interpreterRoots" | "digest">,
  lock: "formats",
  { home, signal }: { home: string; signal?: AbortSignal | undefined },
): Promise<Python> {
  const file = fileURLToPath(new URL(`./locks/${lock}.lock`, import.meta.url));
  const identity = `${base.digest}\n${readFileSync(file, "utf8")}`;
  const digest = createHash("sha256").update(identity).digest("hex").slice(0, 16);
  const folder = join(home, "layers", `${lock}-${digest}`);
  const make = async () => {
    const words = [
      "-m",
      "pip",
      "install",
      "--only-binary",
      ":all:",
      "--no-deps",
      "--require-hashes",
    ];
    const options = [...words, "--retries", "1", "--target", folder, "-r", file];
    const { exitCode, lines } = await runCommand(base.interpreter, options, {
      timeoutSeconds: INSTALL_SECONDS,
      signal,
    });
    const problem =
      lines.findLast((line) => line.startsWith("ERROR")) ?? lines.at(-1) ?? "pip failed";
    if (exitCode !== 0) throw new ToolError(`its reader cannot be installed (${problem})`);
    return lock;
  };
  await madeOnce(folder, z.string(), make, { signal });
  return {
    interpreter: base.interpreter,
    interpreterRoots: [...base.interpreterRoots, folder],
    variables: { PYTHONPATH: folder },
  };
}
