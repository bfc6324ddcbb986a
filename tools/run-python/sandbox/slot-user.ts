import { chown, readdir } from "node:fs/promises";
import { join } from "node:path";

const FIRST_SLOT_USER = 20_000;
/** Of all users that scripts run as: what is copied for them is theirs to read by it. */
export const SCRIPTS_GROUP = FIRST_SLOT_USER;

/** The user that scripts of the slot run as when root starts them; null for everybody else, who starts them as himself. */
export function slotUser(slot: number): number | null {
  return process.getuid?.() === 0 ? FIRST_SLOT_USER + slot : null;
}

/** Words that start a command as the user, with no group but that of such users. */
export const asUser = (user: number): string[] => [
  "setpriv",
  ...[`--reuid=${user}`, `--regid=${SCRIPTS_GROUP}`, "--clear-groups"],
];

/** Gives a work folder, and what it holds, to the user. */
export async function handOver(folder: string, user: number): Promise<void> {
  await chown(folder, user, SCRIPTS_GROUP);
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (!entry.isSymbolicLink()) await chown(join(folder, entry.name), user, SCRIPTS_GROUP);
}
