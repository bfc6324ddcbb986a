import type { ExecutionSpec } from "./executor.ts";
import { SCRIPT_NAME } from "./work-folder.ts";

const LARGEST_FILE_MB = 8192;
const FEWEST_PROCESSES = 512;
const PROCESSES_PER_CORE = 32;
const OPEN_FILES = 4096;
/** What a Python that was kept ready has used before, and what the watch needs to be first: it sees the whole tree. */
const CPU_MARGIN_SECONDS = 15;

/** What the bootstrap is told: the script and its limits. */
export interface BootRequest {
  script: string;
  limits: Record<string, number>;
}

/**
 * The limits of one process. Memory is limited as data, not as address space: a library may reserve far more than it
 * uses. The number of processes is not among them: outside a user namespace it counts the whole user.
 */
export function bootRequest({
  memoryMb,
  diskMb = LARGEST_FILE_MB,
  cpuSeconds,
}: ExecutionSpec): BootRequest {
  return {
    script: SCRIPT_NAME,
    limits: {
      RLIMIT_DATA: memoryMb * 2 ** 20,
      RLIMIT_FSIZE: diskMb * 2 ** 20,
      RLIMIT_NOFILE: OPEN_FILES,
      RLIMIT_CORE: 0,
      ...(cpuSeconds > 0 ? { RLIMIT_CPU: Math.ceil(cpuSeconds) + CPU_MARGIN_SECONDS } : {}),
    },
  };
}

/** How many processes and threads a script may have at once. */
export const processLimit = ({ cores }: Pick<ExecutionSpec, "cores">): number =>
  Math.max(FEWEST_PROCESSES, PROCESSES_PER_CORE * cores.length);
