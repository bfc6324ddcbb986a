import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isThere } from "../../../src/record/process-identity.ts";

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

/** Removes the work folder whatever the script made of it, without following links. */
export async function removeWorkFolder(folder: string): Promise<void> {
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  await remove().catch(async () => {
    // A script may have closed folders of its own to us.
    await openFolders(folder);
    await remove();
  });
}

async function openFolders(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await openFolders(join(folder, entry.name));
}

/** Removes what processes that died left of their work folders. */
export async function removeAbandoned(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names)
    if (!isThere(Number.parseInt(name, 10))) await removeWorkFolder(join(parent, name));
}
