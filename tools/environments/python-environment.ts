import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { SettingsError, ToolError } from "../../src/core/errors.ts";
import type { Workbench } from "../../src/core/task.ts";
import { planSlots, type SlotPlan, thisMachine } from "../machine/plan-slots.ts";
import { runCommand } from "../machine/run-command.ts";
import { buildEnvironment, interpreterOf } from "./build-environment.ts";
import { dataHome, makeDataHome } from "./data-home.ts";
import { chosenExtras, type ExtraName } from "./extras.ts";
import { findGpus } from "./find-gpus.ts";
import { findInterpreter } from "./find-interpreter.ts";
import { interpreterRoots, type Python } from "./interpreter-roots.ts";
import { type Lock, locksFor } from "./locks.ts";
import { madeBefore, madeOnce } from "./made-once.ts";
import { Interpreter, isSupported, probeInterpreter } from "./probe-interpreter.ts";

/** The Python that scripts run in, and what it offers them. */
export interface PythonEnvironment extends Python {
  /** Names the interpreter, its packages and the graphics processor: part of the key of every cached execution. */
  digest: string;
  workbench: Workbench;
  /** How the machine is shared, on which the workbench rests. */
  plan: SlotPlan;
}

export interface PythonEnvironmentOptions {
  /** Another interpreter than the managed one. */
  python?: string | undefined;
  environment?: NodeJS.ProcessEnv | undefined;
  /** The folder that environments are kept below. */
  home?: string | undefined;
  /** What the managed environment is to have beyond the usual packages; those that were set up unless it is given. */
  extras?: readonly ExtraName[] | undefined;
  onProgress?: ((line: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}

const NEEDED = ["numpy", "pandas", "scikit-learn"];

/** The managed Python environment, made on first use and found again later; or the interpreter the user named. */
export async function pythonEnvironment(
  options: PythonEnvironmentOptions = {},
): Promise<PythonEnvironment> {
  const { environment, signal } = options;
  const gpus = await findGpus({ environment, signal });
  // Every script is told of one device: of the smallest, so that what fits into it fits into all.
  const [gpu] = gpus.toSorted((a, b) => a.memoryMb - b.memoryMb);
  const interpreter =
    options.python === undefined
      ? await managedInterpreter(options, gpu !== undefined)
      : await namedInterpreter(options.python, signal);
  const plan = planSlots(thisMachine(gpus));
  const { executable, version, platform, packages } = interpreter;
  const identity = JSON.stringify([version, platform, packages, gpu?.name ?? null]);
  return {
    interpreter: executable,
    digest: createHash("sha256").update(identity).digest("hex"),
    plan,
    interpreterRoots: interpreterRoots(interpreter),
    workbench: {
      pythonVersion: version,
      packages,
      cpus: plan.cpusPerSlot,
      memoryMb: plan.memoryMbPerSlot,
      gpu:
        gpu === undefined
          ? null
          : `${gpu.name} with ${Math.round(gpu.memoryMb / 1024)} GB of memory`,
    },
  };
}

async function namedInterpreter(python: string, signal?: AbortSignal): Promise<Interpreter> {
  const found = await probeInterpreter(python, signal);
  if (found === null)
    throw new SettingsError(`--python ${python} is not a Python interpreter that starts.`);
  if (!isSupported(found.version))
    throw new SettingsError(
      `--python ${python} is Python ${found.version}, but scripts need 3.11 or later.`,
    );
  const names = new Set(found.packages.map(({ name }) => name.toLowerCase()));
  const missing = NEEDED.filter((name) => !names.has(name));
  if (missing.length > 0)
    throw new SettingsError(
      `--python ${python} lacks ${missing.join(", ")}: install them there, or leave --python out to use the managed environment.`,
    );
  return found;
}

const whole = (folder: string) =>
  // Its Python may have gone since: then it is made again.
  Interpreter.refine(() => existsSync(interpreterOf(folder)));

/** The environment of the first lock that can be had, found again or made. */
async function managedInterpreter(
  options: PythonEnvironmentOptions,
  hasGpu: boolean,
): Promise<Interpreter> {
  const { environment = process.env, onProgress = () => {} } = options;
  const home = options.home ?? dataHome(environment);
  const locks = locksFor(options.extras ?? chosenExtras(home), { hasGpu });
  const folderOf = ({ digest }: Lock) => join(home, "envs", digest);
  for (const lock of locks) {
    const known = madeBefore(folderOf(lock), whole(folderOf(lock)));
    if (known !== null) return known;
  }
  makeDataHome(home);
  for (const lock of locks.slice(0, -1))
    try {
      return await makeManaged(folderOf(lock), lock, options);
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      onProgress(
        "The small builds of torch for the CPU cannot be had here: taking those of the package index (about 3 GB to download).",
      );
    }
  const last = locks.at(-1) ?? locks[0];
  return makeManaged(folderOf(last), last, options);
}

function makeManaged(
  folder: string,
  lock: Lock,
  options: PythonEnvironmentOptions,
): Promise<Interpreter> {
  const { environment = process.env, signal, onProgress = () => {} } = options;
  const make = async () => {
    const uv = await uvCommand(environment, signal);
    const base = await findInterpreter({ environment, hasUv: uv !== null, signal });
    const tool = uv === null ? "pip" : "uv";
    onProgress(
      `Making the Python environment in ${folder} (Python ${base.version}, ${tool}; once, about 350 MB to download, more with extras)`,
    );
    await buildEnvironment({ folder, lock, base, uv, environment, onProgress, signal });
    const interpreter = await probeInterpreter(interpreterOf(folder), signal);
    if (interpreter === null)
      throw new ToolError(`The Python environment in ${folder} was made but does not start.`);
    onProgress(`The Python environment is ready: ${interpreter.packages.length} packages`);
    return interpreter;
  };
  const onWait = () => onProgress("Waiting for another process that makes the Python environment");
  return madeOnce(folder, whole(folder), make, { onWait, signal });
}

async function uvCommand(
  environment: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<string | null> {
  const end = await runCommand("uv", ["--version"], { environment, signal, timeoutSeconds: 10 });
  return end.exitCode === 0 ? "uv" : null;
}
