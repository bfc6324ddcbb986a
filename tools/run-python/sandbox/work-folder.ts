import { chmod, mkdir, mkdtemp, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isThere } from "../../../src/record/process-identity.ts";
import { removeFolder } from "./remove-folder.ts";

/** The name that every script runs under, in its own work folder. */
export const SCRIPT_NAME = "solution.py";

/** A script's working directory: made before it starts, removed when it has ended. */
export async function makeWorkFolder(parent: string, inputFolder: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, `${process.pid}-`));
  await mkdir(join(folder, "final"));
  await symlink(inputFolder, join(folder, "input"));
  return folder;
}

/** Puts the script where it will be run. */
export async function placeScript(workFolder: string, script: string): Promise<void> {
  const path = join(workFolder, SCRIPT_NAME);
  await writeFile(path, script);
  // The folder may have been handed to another user already.
  await chmod(path, 0o644);
}

/** Removes what processes that died left of their work folders. */
export async function removeAbandoned(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  // What cannot be removed was told when it was left, and keeps no run from going on.
  for (const name of names)
    if (!isThere(Number.parseInt(name, 10))) await removeFolder(join(parent, name)).catch(() => {});
}
