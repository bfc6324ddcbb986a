import { z } from "zod";
import { runCommand } from "../machine/run-command.ts";

/** What a Python interpreter says of itself. */
export const Interpreter = z.object({
  executable: z.string(),
  version: z.string(),
  platform: z.string(),
  /** Where its standard library lives: the sandbox must show it to scripts. */
  basePrefix: z.string(),
  prefix: z.string(),
  /** Whether `python -m venv` can give the environment a pip. */
  makesEnvironments: z.boolean(),
  packages: z.array(z.object({ name: z.string(), version: z.string() })),
});
export type Interpreter = z.infer<typeof Interpreter>;

const PROBE = `
import importlib.metadata, importlib.util, json, platform, sys
found = {}
for distribution in importlib.metadata.distributions():
    name = distribution.metadata["Name"]
    if name and name not in found:
        found[name] = distribution.version
print(json.dumps({
    "executable": sys.executable,
    "version": platform.python_version(),
    "platform": sys.platform + "-" + platform.machine(),
    "basePrefix": sys.base_prefix,
    "prefix": sys.prefix,
    "makesEnvironments": all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")),
    "packages": [{"name": name, "version": found[name]} for name in sorted(found, key=str.lower)],
}))
`;

/** Asks an interpreter about itself; null when the command is no working Python 3. */
export async function probeInterpreter(
  command: string,
  signal?: AbortSignal,
): Promise<Interpreter | null> {
  const end = await runCommand(command, ["-I", "-c", PROBE], { signal, timeoutSeconds: 30 });
  if (end.exitCode !== 0) return null;
  const line = end.stdout.trim().split("\n").at(-1) ?? "";
  try {
    return Interpreter.parse(JSON.parse(line));
  } catch {
    // Whatever answered, it is not a Python that can run this probe.
    return null;
  }
}

/** Whether the version is one that the locked packages and the scripts support. */
export function isSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major === 3 && minor >= 11;
}
