import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { runCommand } from "../machine/run-command.ts";
import { type LockOptions, withLock } from "./hold-lock.ts";

const MARKER = ".complete";

/** What the folder was made with; null when it is not there, or not whole. */
export function madeBefore<T>(folder: string, schema: z.ZodType<T>): T | null {
  const marker = join(folder, MARKER);
  const text = existsSync(marker) ? readFileSync(marker, "utf8") : "null";
  return schema.safeParse(JSON.parse(text)).data ?? null;
}

/**
 * What a folder with programs in it was made with: by this call, by an earlier one, or by another process that is at it.
 * Its last file says that it is whole; what a failure left is removed.
 */
export async function madeOnce<T>(
  folder: string,
  schema: z.ZodType<T>,
  make: () => Promise<T>,
  options: LockOptions,
): Promise<T> {
  const made = () => madeBefore(folder, schema);
  const makeNow = async () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    try {
      const result = await make();
      // Root's scripts run as other users, who must be able to read their packages whatever root's umask is.
      if (process.getuid?.() === 0) await runCommand("chmod", ["-R", "a+rX", folder]);
      writeFileSync(join(folder, MARKER), JSON.stringify(result, null, 1));
      return result;
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  };
  return made() ?? withLock(`${folder}.lock`, async () => made() ?? makeNow(), options);
}
