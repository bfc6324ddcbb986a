import type { ExecutionSpec } from "./executor.ts";
import { SCRIPT_NAME } from "./work-folder.ts";

const LARGEST_FILE_BYTES = 8 * 2 ** 30;
const OPEN_FILES = 4096;
const DUMP_BEFORE_END_SECONDS = 2;

/** What the bootstrap is told: the script, its limits, and when to print where it hangs. */
export interface BootRequest {
  script: string;
  limits: Record<string, number>;
  dumpAfterSeconds: number;
}

/**
 * The limits of one process. Memory is limited as data, not as address space: a library may reserve far more than it
 * uses. The number of processes is not among them: outside a user namespace it counts the whole user.
 */
export function bootRequest(spec: ExecutionSpec): BootRequest {
  return {
    script: SCRIPT_NAME,
    limits: {
      RLIMIT_DATA: spec.memoryMb * 2 ** 20,
      RLIMIT_FSIZE: LARGEST_FILE_BYTES,
      RLIMIT_NOFILE: OPEN_FILES,
      RLIMIT_CORE: 0,
    },
    dumpAfterSeconds: Math.max(spec.seconds - DUMP_BEFORE_END_SECONDS, spec.seconds / 2),
  };
}
