import { interpreterRoots } from "../../../../tools/environments/interpreter-roots.ts";
import { probeInterpreter } from "../../../../tools/environments/probe-interpreter.ts";
import { sciencePython } from "../../../support/science-python.ts";
import { BACKENDS } from "../../run-python/backends.ts";

/** What the scorer runs in on this machine: a sandbox where one works. */
export const EXECUTOR = BACKENDS.at(-1)?.executor;

const found = await probeInterpreter(sciencePython() ?? "");

/** A Python with the scientific packages; null where there is none. */
export const SCIENCE = found && {
  interpreter: found.executable,
  interpreterRoots: interpreterRoots(found),
};
