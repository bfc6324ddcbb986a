import { statfs } from "node:fs/promises";
import { ToolError } from "../../src/core/errors.ts";

const LEAST_FREE_MB = 512;

/** Whether the disk of the folder has room for a script to work on; yes where the system does not say. */
export async function hasSpace(folder: string): Promise<boolean> {
  const disk = await statfs(folder).catch(() => null);
  return disk === null || disk.bavail * disk.bsize >= LEAST_FREE_MB * 2 ** 20;
}

/** A script that fails on a full disk says nothing about itself: the run has to stop here, and can go on later. */
export async function needSpace(folder: string): Promise<void> {
  if (await hasSpace(folder)) return;
  throw new ToolError(
    `Less than ${LEAST_FREE_MB} MB are free on the disk of ${folder}: free some, then resume the run.`,
  );
}

/** Puts a failure to write into a sentence; any other failure goes on as it is. */
export function unlessOfDisk(folder: string) {
  return (error: unknown): never => {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new ToolError(
      `A script's attempt cannot be kept in ${folder} (${error.message}): see that its disk has space and that you may write there, then resume the run.`,
      { cause: error },
    );
  };
}
