import { hostname } from "node:os";
import { join } from "node:path";
import { dataHome, makeDataHome } from "../../tools/environments/data-home.ts";
import { withExtras } from "../../tools/environments/extras.ts";
import { packageProvider } from "../../tools/environments/provide-packages.ts";
import {
  type PythonEnvironment,
  pythonEnvironment,
} from "../../tools/environments/python-environment.ts";
import { ExecutionCache } from "../../tools/run-python/cache/execution-cache.ts";
import type { KnownBy } from "../../tools/run-python/known-attempts.ts";
import { type Preflight, scriptPreflight } from "../../tools/run-python/preflight.ts";
import type { Executor } from "../../tools/run-python/sandbox/executor.ts";
import { selectSandbox } from "../../tools/run-python/sandbox/select-sandbox.ts";
import { SettingsError } from "../core/errors.ts";
import type { ScriptPolicy } from "../core/script-policy.ts";
import type { RunRecord } from "../record/run-record.ts";

/** What the runner needs to carry a run's policy for scripts out. */
export interface ScriptExecution {
  executor: Executor;
  preflight: Preflight;
  prewarm: boolean;
  cache?: KnownBy;
  sharesFile: string;
}

export interface ScriptExecutionOptions {
  policy: ScriptPolicy;
  /** Whether every script is the program's own: only such run where no sandbox works. */
  ownScripts: boolean;
  python: PythonEnvironment;
  /** Whether that is the managed one, which extras can be added to. */
  isManaged: boolean;
  /** Of the task's data. */
  dataDigest: string;
  environment: NodeJS.ProcessEnv;
  onNotice: (line: string) => void;
}

/** Chooses the sandbox, the packages and the cache for a run's scripts; refused when no sandbox works that has to. */
export async function scriptExecution(options: ScriptExecutionOptions): Promise<ScriptExecution> {
  const { policy, python, environment, onNotice } = options;
  const home = makeDataHome(dataHome(environment));
  const packages = packageProvider({
    policy: policy.packages,
    base: python,
    home,
    onProgress: onNotice,
    withExtras: options.isManaged
      ? (names, signal) =>
          pythonEnvironment({ environment, extras: withExtras(home, names), signal })
      : null,
  });
  const cache = {
    executions: new ExecutionCache(cacheFolder(environment)),
    dataDigest: options.dataDigest,
    environmentDigest: python.digest,
    onProblem: onNotice,
  };
  return {
    executor: await sandbox(options, home),
    preflight: scriptPreflight(python, packages),
    prewarm: policy.prewarm,
    // Home folders may be shared among machines; cores are not.
    // The number is that of the file's form: versions of the program that read it otherwise do not share one.
    sharesFile: join(home, "shares", `${hostname()}-2.sqlite`),
    ...(policy.cache ? { cache } : {}),
  };
}

/** Where results of scripts are kept for all runs of this user. */
export const cacheFolder = (environment: NodeJS.ProcessEnv) => join(dataHome(environment), "cache");

/** Whether no script of anybody else's can be in a run: given ones, examples in models, also in a review, an edited state or another's plan. */
export const nothingForeign = ({ scripts, models, fork, settings }: RunRecord): boolean =>
  scripts.length === 0 &&
  models.length === 0 &&
  fork === null &&
  !settings.review.includes("models");

async function sandbox(
  { policy, ownScripts, python, onNotice }: ScriptExecutionOptions,
  home: string,
): Promise<Executor> {
  const choose = (name: NonNullable<ScriptPolicy["sandbox"]>) =>
    selectSandbox(name, {
      python,
      home,
      onProgress: onNotice,
    });
  if (policy.sandbox !== null) return choose(policy.sandbox);
  if (!ownScripts) return choose("auto");
  try {
    return await choose("auto");
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    // These scripts are the program's own: nobody else had a hand in them.
    onNotice(
      "No sandbox works here; the built-in engineer's own scripts run without one (see docs/sandbox.md).",
    );
    return choose("none");
  }
}
