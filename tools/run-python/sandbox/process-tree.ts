import { readdirSync, readFileSync } from "node:fs";

const TICKS_PER_SECOND = 100;
const NANOSECONDS = 1e9;
const MOST_PROCESSES = 10_000;

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // The process has ended, or this system has no /proc.
    return "";
  }
}

/** The process and all that it started, as far as they are still below it; each after its parent. */
export function processTree(root: number): number[] {
  const found: number[] = [];
  const waiting = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    found.push(next);
    if (found.length > MOST_PROCESSES) return found;
    for (const thread of threadsOf(next)) {
      const children = read(`/proc/${next}/task/${thread}/children`);
      waiting.push(...children.split(" ").flatMap((child) => Number(child) || []));
    }
  }
  return found;
}

function threadsOf(processId: number): string[] {
  try {
    return readdirSync(`/proc/${processId}/task`);
  } catch {
    return [];
  }
}

/** What processes hold in memory. Shared pages are counted once for each process: an upper bound, quick to get. */
export function memoryOf(processes: readonly number[]): {
  residentBytes: number;
  /** The kernel's tables of pages, which no process counts as its own. */
  tableBytes: number;
} {
  const held = { residentBytes: 0, tableBytes: 0 };
  for (const id of processes) {
    const status = read(`/proc/${id}/status`);
    held.residentBytes += kilobytes(status, "VmRSS") * 1024;
    held.tableBytes += kilobytes(status, "VmPTE") * 1024;
  }
  return held;
}

/** The same with shared pages divided among those that share them, and files in memory apart: exact, and slow to get. */
export function proportionalBytes(processes: readonly number[]): { own: number; shared: number } {
  const held = { own: 0, shared: 0 };
  for (const id of processes) {
    const rollup = read(`/proc/${id}/smaps_rollup`);
    const shared = kilobytes(rollup, "Pss_Shmem") * 1024;
    held.shared += shared;
    held.own +=
      rollup === "" ? memoryOf([id]).residentBytes : kilobytes(rollup, "Pss") * 1024 - shared;
  }
  return held;
}

function kilobytes(text: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(text)?.[1] ?? 0);
}

/** Own time in user and in system mode, and that of children that have ended, counted after the command's closing bracket. */
const TIMES = [11, 12, 13, 14];

/**
 * CPU time of the processes and of what they have seen end. Read in the tree's order, parents first: time that goes over
 * from a child to its parent meanwhile is then missed for a moment, and never counted twice.
 */
export function cpuSeconds(processes: readonly number[]): number {
  const ticks = processes.flatMap((id) => {
    const stat = read(`/proc/${id}/stat`);
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return TIMES.map((field) => Number(fields[field]) || 0);
  });
  return ticks.reduce((sum, count) => sum + count, 0) / TICKS_PER_SECOND;
}

/** Seconds that the threads of the processes could have worked and had to wait for a core, all together. */
export function starvedSeconds(processes: readonly number[]): number {
  const waits = processes.flatMap((id) =>
    threadsOf(id).map((thread) => {
      const [, waited] = read(`/proc/${id}/task/${thread}/schedstat`).split(" ");
      return Number(waited) || 0;
    }),
  );
  return waits.reduce((sum, wait) => sum + wait, 0) / NANOSECONDS;
}
