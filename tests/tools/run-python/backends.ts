import { tmpdir } from "node:os";
import { join } from "node:path";
import { interpreterRoots } from "../../../tools/environments/interpreter-roots.ts";
import { probeInterpreter } from "../../../tools/environments/probe-interpreter.ts";
import type { Executor } from "../../../tools/run-python/sandbox/executor.ts";
import { selectSandbox } from "../../../tools/run-python/sandbox/select-sandbox.ts";
import { unconfined } from "../../../tools/run-python/sandbox/unconfined.ts";

const command = process.env["MLE_STAR_PYTHON"] ?? "python3";
const found = await probeInterpreter(command);
if (found === null) throw new Error(`${command} does not start: the tests need a Python`);

/** The Python of these tests; the standard library is enough. */
export const PYTHON = { interpreter: found.executable, interpreterRoots: interpreterRoots(found) };

/** Names of what is installed in it. */
export const PACKAGES = new Set(found.packages.map(({ name }) => name.toLowerCase()));

const home = join(tmpdir(), `sandbox-tests-${process.pid}`);

/** The sandbox of this machine, once a harmless script has shown that it is on; null where bubblewrap does not work. */
export const BUBBLEWRAP: Executor | null = await selectSandbox("bubblewrap", {
  python: PYTHON,
  home,
}).catch(() => null);

/** Every back end that can be tried here. */
export const BACKENDS: { name: string; executor: Executor }[] = [
  { name: "none", executor: unconfined() },
  ...(BUBBLEWRAP === null ? [] : [{ name: "bubblewrap", executor: BUBBLEWRAP }]),
];
