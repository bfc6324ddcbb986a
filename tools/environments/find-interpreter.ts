import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { SettingsError } from "../../src/core/errors.ts";
import { isOpenToOthers } from "../machine/open-to-others.ts";
import { type Interpreter, isSupported, probeInterpreter } from "./probe-interpreter.ts";

const NAMES = ["python3.14", "python3.13", "python3.12", "python3.11", "python3"];

function commandsOnPath(environment: NodeJS.ProcessEnv): string[] {
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).filter((command) =>
    existsSync(command),
  );
}

/**
 * The first Python of at least 3.11 on the path that can make an environment (by itself, or because uv is there);
 * for root, one outside closed folders is preferred, so that scripts can run as another user.
 */
export async function findInterpreter(options: {
  environment: NodeJS.ProcessEnv;
  hasUv: boolean;
  signal?: AbortSignal | undefined;
}): Promise<Interpreter> {
  let closed: Interpreter | null = null;
  let unable: Interpreter | null = null;
  for (const command of commandsOnPath(options.environment)) {
    const found = await probeInterpreter(command, options.signal);
    if (found === null || !isSupported(found.version)) continue;
    if (!found.makesEnvironments && !options.hasUv) unable ??= found;
    else if (process.getuid?.() === 0 && !isOpenToOthers(found.executable)) closed ??= found;
    else return found;
  }
  if (closed !== null) return closed;
  if (unable !== null)
    throw new SettingsError(
      `Python ${unable.version} (${unable.executable}) cannot make environments: install its venv package (Debian and Ubuntu: apt-get install python3-venv) or uv, or name another interpreter with --python.`,
    );
  throw new SettingsError(
    "No Python of version 3.11 or later was found: install one (Debian and Ubuntu: apt-get install python3 python3-venv; macOS: brew install python), or name one with --python.",
  );
}
