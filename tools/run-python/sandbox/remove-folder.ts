import { randomUUID } from "node:crypto";
import { chmod, readdir, rename, rmdir, unlink } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf } from "../../../src/core/errors.ts";

const TRIES = 5;

/**
 * Removes a folder whatever a script made of it, without following links: folders that are closed, paths that are too long,
 * names that are no text. One that is not there is removed already.
 */
export async function removeFolder(folder: string): Promise<void> {
  for (let tries = 1; ; tries += 1)
    try {
      await takeApart(folder);
      return;
    } catch (error) {
      // What the script started may be on its way out.
      if (tries === TRIES) throw error;
      await sleep(50 * tries);
    }
}

/** Every folder within is opened, brought up to the top and emptied there: no path grows, however deep it lay. */
async function takeApart(top: string): Promise<void> {
  const waiting: string[] = [];
  const prefix = `${top}/${randomUUID()}-`;
  const empty = async (folder: string) => {
    await chmod(folder, 0o700);
    for (const entry of await readdir(folder, { encoding: "buffer", withFileTypes: true })) {
      const path = Buffer.concat([Buffer.from(`${folder}/`), entry.name]);
      if (!entry.isDirectory()) {
        await unlink(path).catch(unlessGone);
        continue;
      }
      const above = `${prefix}${waiting.length}`;
      // A folder that moves is written to: its way up changes.
      await chmod(path, 0o700);
      await rename(path, above);
      waiting.push(above);
    }
  };
  await empty(top).catch(unlessGone);
  // It grows while it is gone through.
  for (const folder of waiting) {
    await empty(folder);
    await rmdir(folder);
  }
  await rmdir(top).catch(unlessGone);
}

function unlessGone(error: unknown): void {
  if (codeOf(error) !== "ENOENT") throw error;
}
