import { statfsSync, statSync } from "node:fs";
import { memoryOf, proportionalBytes } from "./sandbox/process-tree.ts";

const TMPFS = 0x01021994;
/** Of a sandbox, and in memory there. */
const TEMPORARY_FOLDERS = ["/tmp", "/dev/shm"];

/**
 * Bytes that a script holds, as far as they can be told from outside, where the kernel keeps no account of it: first an
 * upper bound, which is quick to get, and when that is too much the closest there is.
 */
export function heldBytes(
  processes: readonly number[],
  /** What it holds in files: in its folder in memory, and in such as have no name. */
  inFiles: number,
  most: number,
): number {
  const { residentBytes, tableBytes } = memoryOf(processes);
  const files = inFiles + temporaryBytes(processes[1]);
  const bound = residentBytes + tableBytes + files;
  if (bound <= most) return bound;
  const { own, shared } = proportionalBytes(processes);
  // What is both mapped and in a file counts once.
  return own + tableBytes + Math.max(shared, files);
}

/** What lies in the temporary folders that a process has to itself. */
function temporaryBytes(processId: number | undefined): number {
  if (processId === undefined) return 0;
  return TEMPORARY_FOLDERS.map((folder) => {
    const inside = `/proc/${processId}/root${folder}`;
    try {
      return statSync(inside).dev === statSync(folder).dev ? 0 : (tmpfsBytes(inside) ?? 0);
    } catch {
      // It has ended, or not begun.
      return 0;
    }
  }).reduce((sum, bytes) => sum + bytes, 0);
}

/** What is in use of a file system in memory; null for any other. */
export function tmpfsBytes(folder: string): number | null {
  const { type, blocks, bfree, bsize } = statfsSync(folder);
  return type === TMPFS ? (blocks - bfree) * bsize : null;
}
