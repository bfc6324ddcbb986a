import { constants } from "node:fs";
import { lstat, mkdir, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { codeOf } from "../../src/core/errors.ts";
import { copyKeepingHoles } from "./copy-keeping-holes.ts";

/** A file taken over, none there, or one that is refused, with the reason. */
export type Collected = "taken" | "absent" | { refused: string };

const LARGEST_BYTES = 2 ** 30;

/**
 * Copies one file that a script left, in folders of its own below `workFolder`, to where the script cannot reach: only a
 * regular file of its own, never through a link on the way or at the end, never a pipe, and not beyond the size limit.
 * Nothing of the script may still run.
 */
export async function collectOutput(
  workFolder: string,
  steps: readonly string[],
  to: string,
): Promise<Collected> {
  const from = join(workFolder, ...steps);
  if (!(await isOwnFolder(workFolder, steps.slice(0, -1))))
    return { refused: "is not in a folder of its own" };
  let source: Awaited<ReturnType<typeof open>>;
  try {
    source = await open(from, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return "absent";
    return { refused: code === "ELOOP" ? "is a symbolic link" : `cannot be read (${code})` };
  }
  try {
    const state = await source.stat();
    if (!state.isFile()) return { refused: "is not a regular file" };
    if (state.nlink !== 1) return { refused: "is a hard link to another file" };
    if (state.size > LARGEST_BYTES) return { refused: `is larger than ${LARGEST_BYTES} bytes` };
    await mkdir(dirname(to), { recursive: true });
    const target = await open(to, "w");
    await copyKeepingHoles(source, target, state.size).finally(() => target.close());
    return "taken";
  } finally {
    await source.close();
  }
}

/** Whether no step on the way down is anything but a folder; one that is not there is no other's. */
async function isOwnFolder(workFolder: string, steps: readonly string[]): Promise<boolean> {
  for (let depth = 1; depth <= steps.length; depth += 1) {
    const state = await lstat(join(workFolder, ...steps.slice(0, depth))).catch(() => null);
    if (state?.isDirectory() === false) return false;
  }
  return true;
}
