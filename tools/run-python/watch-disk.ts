import { statfsSync } from "node:fs";
import { opendir, stat } from "node:fs/promises";
import { join } from "node:path";
import { hasSpace } from "./disk-space.ts";

export interface DiskAllowance {
  /** What the work folder may grow to. */
  diskMb: number;
  /** Files and folders in it. */
  files: number;
}

/** Whether a folder that is a file system of its own has no room left, or too many files. */
export function isFull(folder: string, { files }: DiskAllowance): boolean {
  const { bavail, files: most, ffree } = statfsSync(folder);
  return bavail === 0 || most - ffree > files;
}

/** Whether what lies in the folder, with so many bytes of it that no longer lie there, is too much. */
export async function isTooMuch(
  folder: string,
  { diskMb, files }: DiskAllowance,
  removedBytes: number,
): Promise<boolean> {
  if (!(await hasSpace(folder))) return true;
  const left = { bytes: diskMb * 2 ** 20 - removedBytes, files };
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
