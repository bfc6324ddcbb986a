import { chown, readdir } from "node:fs/promises";
import { join } from "node:path";

const FIRST_SLOT_USER = 20_000;

/** The user that scripts of the slot run as when root starts them; null for everybody else, who starts them as himself. */
export function slotUser(slot: number): number | null {
  return process.getuid?.() === 0 ? FIRST_SLOT_USER + slot : null;
}

/** Gives a work folder, and what it holds, to the user. */
export async function handOver(folder: string, user: number): Promise<void> {
  await chown(folder, user, user);
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (!entry.isSymbolicLink()) await chown(join(folder, entry.name), user, user);
}
