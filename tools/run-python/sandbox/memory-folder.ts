import { randomUUID } from "node:crypto";
import { closeSync, constants, openSync, readdirSync, readFileSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf, ToolError } from "../../../src/core/errors.ts";
import { isThere } from "../../../src/record/process-identity.ts";
import type { ExecutionSpec, HeldFolder } from "./executor.ts";
import { SCRIPT_NAME } from "./work-folder.ts";

/** What lies in it counts as the script's memory: only where that takes no more than this part, should it be filled. */
const PART_OF_MEMORY = 1 / 4;

/** Whether the script's work folder can be in memory: then the kernel itself holds it to its size. */
export const fitsInMemory = ({ memoryMb, diskMb, listens }: ExecutionSpec): boolean =>
  diskMb !== undefined && listens !== true && diskMb <= memoryMb * PART_OF_MEMORY;

/** A name in the folder by which it is known from outside. */
export const newMark = (): string => `.${randomUUID()}`;

/** Bubblewrap's words for a work folder in memory, as a script expects to find it. */
export function memoryFolderArguments(
  { diskMb = 0, inputFolder }: ExecutionSpec,
  inside: string,
  mark: string,
): string[] {
  return [
    ...["--perms", "755", "--size", String(diskMb * 2 ** 20), "--tmpfs", inside],
    ...["--dir", join(inside, "final"), "--symlink", inputFolder, join(inside, "input")],
    ...["--dir", join(inside, mark)],
  ];
}

/** The script that was put on disk for it: no other user than the script's can write to its folder in memory. */
export const sourceOf = ({ workFolder }: ExecutionSpec): string =>
  readFileSync(join(workFolder, SCRIPT_NAME), "utf8");

const PATIENCE_MILLISECONDS = 10_000;

/**
 * Takes hold of the folder in memory of a sandbox that is starting: it then outlasts the sandbox, with all that is in it,
 * until it is let go, or this program ends. None of one that ended before it had one.
 */
export async function holdFolder(
  firstProcess: number,
  inside: string,
  mark: string,
): Promise<HeldFolder | undefined> {
  const deadline = performance.now() + PATIENCE_MILLISECONDS;
  while (performance.now() < deadline) {
    const descriptor = openMarked(`/proc/${firstProcess}/root${inside}`, mark);
    if (descriptor !== null) {
      const path = own(descriptor);
      rmdirSync(join(path, mark));
      let isHeld = true;
      const letGo = () => {
        if (isHeld) closeSync(descriptor);
        isHeld = false;
      };
      return { path, letGo };
    }
    // Its end says why.
    if (!isThere(firstProcess)) return undefined;
    await sleep(1);
  }
  throw new ToolError("The script's folder in memory did not come to be.");
}

const own = (descriptor: number): string => `/proc/self/fd/${descriptor}`;

/** Until the sandbox has its own root, the path leads to whatever has that name outside: only the mark tells. */
function openMarked(path: string, mark: string): number | null {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  } catch (error) {
    // Not there yet, or no more: the caller asks until it is late.
    if (["ENOENT", "ESRCH", "ENOTDIR", "ELOOP", "EACCES"].includes(codeOf(error))) return null;
    throw error;
  }
  if (readdirSync(own(descriptor)).includes(mark)) return descriptor;
  closeSync(descriptor);
  return null;
}
