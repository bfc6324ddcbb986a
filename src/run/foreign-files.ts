import { convertFolder } from "../../tools/convert-files/convert-folder.ts";
import { dataHome, makeDataHome } from "../../tools/environments/data-home.ts";
import { lockedLayer } from "../../tools/environments/locked-layer.ts";
import { pythonEnvironment } from "../../tools/environments/python-environment.ts";
import type { ReadOptions } from "../../tools/read-task/read-task.ts";
import { selectSandbox } from "../../tools/run-python/sandbox/select-sandbox.ts";
import type { ScriptPolicy } from "../core/script-policy.ts";

export interface ForeignOptions {
  /** An interpreter other than the managed environment's. */
  python?: string | null | undefined;
  scriptPolicy?: ScriptPolicy | undefined;
  environment: NodeJS.ProcessEnv;
  onNotice?: ((line: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Reads tables in foreign formats: their files were made by others, so only a sandbox opens them, or nothing does but what a person
 * asked for by name. Python and sandbox are looked for when there is such a file.
 */
export function foreignFiles(options: ForeignOptions): NonNullable<ReadOptions["convert"]> {
  const { environment, signal, onNotice: onProgress } = options;
  const told = onProgress === undefined ? {} : { onProgress };
  return async (folder, encoding) => {
    const home = dataHome(environment);
    const base = once(() =>
      pythonEnvironment({ python: options.python ?? undefined, environment, ...told, signal }),
    );
    return convertFolder(folder, {
      ...{ home, signal, encoding },
      pythonFor: async (format) =>
        format === "excel" ? lockedLayer(await base(), "formats", { home, signal }) : base(),
      executor: once(async () =>
        selectSandbox(options.scriptPolicy?.sandbox ?? "auto", {
          ...{ python: await base(), home: makeDataHome(home), ...told },
        }),
      ),
    });
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
