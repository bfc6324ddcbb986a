import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/** What the cache of executions holds. */
export interface CacheState {
  folder: string;
  executions: number;
  bytes: number;
  /** When the entry that was used longest ago was used; null when there is none. */
  oldestUse: Date | null;
}

interface KeptFile {
  path: string;
  bytes: number;
  used: number;
}

function filesBelow(folder: string): KeptFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const state = statSync(path, { throwIfNoEntry: false });
      // Gone since it was listed: another process works on the same cache.
      return state === undefined ? [] : [{ path, bytes: state.size, used: state.mtimeMs }];
    });
}

/** So long after it was written a file may still be waiting for the entry that names it. */
const BEING_KEPT_MILLISECONDS = 10 * 60 * 1000;

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // Gone since it was listed.
    return "";
  }
}

const sum = (files: readonly KeptFile[]) => files.reduce((total, { bytes }) => total + bytes, 0);
const entriesIn = (folder: string) => filesBelow(join(folder, "executions"));
const contentsIn = (folder: string) => filesBelow(join(folder, "contents"));

/** Looks at the cache without changing it. */
export function cacheState(folder: string): CacheState {
  const entries = entriesIn(folder);
  const oldest = Math.min(...entries.map(({ used }) => used));
  return {
    folder,
    executions: entries.length,
    bytes: sum(entries) + sum(contentsIn(folder)),
    oldestUse: entries.length === 0 ? null : new Date(oldest),
  };
}

/** Removes what was used longest ago until the cache is no larger than asked for, and files that no entry names. */
export function pruneCache(folder: string, mostBytes: number): CacheState {
  const entries = entriesIn(folder).toSorted((first, second) => first.used - second.used);
  const contents = new Map(contentsIn(folder).map((file) => [file.path, file]));
  const named = new Map<string, number>();
  const filesOf = (entry: KeptFile) =>
    [...textOf(entry.path).matchAll(/"([0-9a-f]{64})"/g)].map(([, digest = ""]) =>
      join(folder, "contents", digest.slice(0, 2), digest),
    );
  for (const entry of entries)
    for (const path of filesOf(entry)) named.set(path, (named.get(path) ?? 0) + 1);
  let bytes = sum(entries);
  for (const { path, bytes: size, used } of contents.values()) {
    if (named.has(path)) bytes += size;
    else if (Date.now() - used > BEING_KEPT_MILLISECONDS) rmSync(path, { force: true });
  }
  for (const entry of entries) {
    if (bytes <= mostBytes) break;
    const files = filesOf(entry);
    rmSync(entry.path, { force: true });
    bytes -= entry.bytes;
    for (const path of files) {
      const left = (named.get(path) ?? 1) - 1;
      named.set(path, left);
      if (left > 0) continue;
      rmSync(path, { force: true });
      bytes -= contents.get(path)?.bytes ?? 0;
    }
  }
  return cacheState(folder);
}
