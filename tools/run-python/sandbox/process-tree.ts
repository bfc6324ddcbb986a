import { readdirSync, readFileSync } from "node:fs";

const PAGE_BYTES = 4096;
const MOST_PROCESSES = 10_000;

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // The process has ended, or this system has no /proc.
    return "";
  }
}

/** The process and all that it started, as far as they are still below it. */
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

/** Memory that a process tree holds. Shared pages are counted once for each process: an upper bound, quick to get. */
export function residentBytes(processes: readonly number[]): number {
  const pages = processes.map((id) => Number(read(`/proc/${id}/statm`).split(" ")[1]) || 0);
  return pages.reduce((sum, count) => sum + count, 0) * PAGE_BYTES;
}

/** The same with shared pages divided among those that share them: exact, and slow to get. */
export function proportionalBytes(processes: readonly number[]): number {
  return processes
    .map((id) => {
      const [, kilobytes] = /^Pss:\s+(\d+)/m.exec(read(`/proc/${id}/smaps_rollup`)) ?? [];
      return kilobytes === undefined ? residentBytes([id]) : Number(kilobytes) * 1024;
    })
    .reduce((sum, bytes) => sum + bytes, 0);
}
