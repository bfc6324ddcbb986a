import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { NodeSqlite } from "../../src/record/node-sqlite.ts";

const POLL_MILLISECONDS = 250;

export interface LockOptions {
  onWait?: () => void;
  signal?: AbortSignal | undefined;
}

/**
 * Does the work while nobody else, in this process or another, holds the lock file. The file itself says nothing: the
 * kernel knows who has it locked, and lets go of what a killed process held.
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  { onWait, signal }: LockOptions = {},
): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  const database = new NodeSqlite(path);
  try {
    database.pragma("busy_timeout=0");
    for (let waited = false; !claim(database); waited = true) {
      if (!waited) onWait?.();
      await sleep(POLL_MILLISECONDS, undefined, { signal });
    }
    return await work();
  } finally {
    database.close();
  }
}

function claim(database: NodeSqlite): boolean {
  try {
    database.exec("BEGIN IMMEDIATE");
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.includes("locked")) return false;
    throw error;
  }
}
