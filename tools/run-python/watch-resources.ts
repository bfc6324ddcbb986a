import { opendir, stat } from "node:fs/promises";
import { join } from "node:path";
import { hasSpace } from "./disk-space.ts";
import { processTree, proportionalBytes, residentBytes } from "./sandbox/process-tree.ts";

export interface Allowance {
  /** Of the script and everything it started, together. */
  memoryMb: number;
  /** What the work folder may grow to. */
  diskMb: number;
  /** Files and folders in it. */
  files: number;
}

const MEMORY_MILLISECONDS = 100;
const DISK_MILLISECONDS = 1000;

/** Looks again and again how much a running script takes, and says when that is too much; returns how to end it. */
export function watchResources(
  processId: number,
  workFolder: string,
  allowance: Allowance,
  onExcess: (of: "memory" | "disk-limit") => void,
): () => void {
  const mostBytes = allowance.memoryMb * 2 ** 20;
  const memory = setInterval(() => {
    const processes = processTree(processId);
    if (residentBytes(processes) <= mostBytes) return;
    if (proportionalBytes(processes) > mostBytes) onExcess("memory");
  }, MEMORY_MILLISECONDS);
  let looking = false;
  const disk = setInterval(async () => {
    if (looking) return;
    looking = true;
    if (await isTooMuch(workFolder, allowance)) onExcess("disk-limit");
    looking = false;
  }, DISK_MILLISECONDS);
  return () => {
    clearInterval(memory);
    clearInterval(disk);
  };
}

async function isTooMuch(folder: string, { diskMb, files }: Allowance): Promise<boolean> {
  if (!(await hasSpace(folder))) return true;
  const left = { bytes: diskMb * 2 ** 20, files };
  await subtract(folder, left);
  return left.bytes < 0 || left.files < 0;
}

/** Takes what is in the folder off the allowance, and stops as soon as that is used up. */
async function subtract(folder: string, left: { bytes: number; files: number }): Promise<void> {
  const entries = await opendir(folder).catch(() => null);
  if (entries === null) return;
  for await (const entry of entries) {
    left.files -= 1;
    if (left.bytes < 0 || left.files < 0) return;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await subtract(path, left);
    // Blocks, not length: a file with holes takes what it takes.
    else if (entry.isFile())
      left.bytes -= await stat(path).then(
        ({ blocks }) => blocks * 512,
        () => 0,
      );
  }
}
