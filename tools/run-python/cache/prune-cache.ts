import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { ENTRY_NAME } from "./execution-cache.ts";

/** What the cache of executions holds. */
export interface CacheState {
  folder: string;
  executions: number;
  bytes: number;
  /** When the entry that was used longest ago was used; null when there is none. */
  oldestUse: Date | null;
}

interface Kept {
  folder: string;
  bytes: number;
  used: number;
  isWhole: boolean;
}

/** What is in the folder; nothing when another process, at work on the same cache, has removed it meanwhile. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The folders of executions, the one used longest ago first. */
function keptIn(cacheFolder: string): Kept[] {
  const pathsIn = (folder: string) => namesIn(folder).map((name) => join(folder, name));
  const kept = pathsIn(cacheFolder)
    .flatMap(pathsIn)
    .flatMap((folder): Kept[] => {
      const stateOf = (path: string) => statSync(path, { throwIfNoEntry: false });
      const states = pathsIn(folder).flatMap((path) => stateOf(path) ?? []);
      const entry = stateOf(join(folder, ENTRY_NAME));
      const used = (entry ?? stateOf(folder))?.mtimeMs ?? Date.now();
      const bytes = states.reduce((total, { size }) => total + size, 0);
      return [{ folder, bytes, used, isWhole: entry !== undefined }];
    });
  return kept.toSorted((first, second) => first.used - second.used);
}

/** So long after it was written a folder may still be waiting for the file that says what it is. */
const BEING_KEPT_MILLISECONDS = 10 * 60 * 1000;

/** What the cache holds, after removing what was used longest ago until it is no larger than asked for, and what was left half kept. */
export function pruneCache(folder: string, mostBytes = Number.POSITIVE_INFINITY): CacheState {
  const kept = keptIn(folder);
  let bytes = kept.reduce((total, one) => total + one.bytes, 0);
  const left = kept.filter(({ folder: path, isWhole, used, bytes: size }) => {
    const isAbandoned = !isWhole && Date.now() - used > BEING_KEPT_MILLISECONDS;
    if (isWhole ? bytes <= mostBytes : !isAbandoned) return isWhole;
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    bytes -= size;
    return false;
  });
  const [oldest] = left;
  const oldestUse = oldest === undefined ? null : new Date(oldest.used);
  return { folder, executions: left.length, bytes, oldestUse };
}
