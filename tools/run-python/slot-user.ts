import { statSync } from "node:fs";
import { chown, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

const FIRST_SLOT_USER = 20_000;

/** The user that scripts of the slot run as when root starts them; null for everybody else, who starts them as himself. */
export function slotUser(slot: number, userId: number | undefined): number | null {
  return userId === 0 ? FIRST_SLOT_USER + slot : null;
}

/** Gives a work folder, and what it holds, to the user. */
export async function handOver(folder: string, user: number): Promise<void> {
  await chown(folder, user, user);
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (!entry.isSymbolicLink()) await chown(join(folder, entry.name), user, user);
}

/** Whether other users may walk to the path. */
export function isOpenToOthers(path: string): boolean {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder))
    if ((statSync(folder).mode & 0o001) === 0) return false;
  return true;
}

/** Whether other users who get to it may read the file, or list the folder. */
export function othersMayRead(path: string): boolean {
  const state = statSync(path);
  const needed = state.isDirectory() ? 0o005 : 0o004;
  return (state.mode & needed) === needed;
}
