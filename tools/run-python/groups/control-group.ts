import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf } from "../../../src/core/errors.ts";

/** What the processes of one script may take together. */
export interface GroupLimits {
  memoryMb: number;
  processes: number;
  /** All for none. */
  cores: readonly number[];
}

/** The kernel's own account of one script: it counts whatever its processes have the kernel hold for them. */
export interface ControlGroup {
  /** Words that start a command, and all that it starts, in the group. */
  prefix: string[];
  /** Whether the kernel ended a process because the group had no memory left; it stays known when the group has gone. */
  hasRunOut(): boolean;
  /** Ends what is left in it, and removes it. */
  remove(): Promise<void>;
}

/** One folder of a hierarchy of groups, made for one script. */
export interface GroupFolder {
  path: string;
  /** Its settings by file, in the order that the kernel wants; those without `must` may be missing on some kernels. */
  settings: readonly { file: string; value: string; must: boolean }[];
  /** Where a process writes 0 to enter. */
  entry: string;
  /** Where the kernel counts processes that it ended for memory. */
  events: string | null;
}

const ENTER = `set -e
count=$1; shift
while [ "$count" -gt 0 ]; do echo 0 > "$1"; shift; count=$((count - 1)); done
exec "$@"`;
const GONE_MILLISECONDS = 2000;

/** Makes the folders of one group; fails, with nothing left behind, where the kernel refuses. */
export function makeGroup(folders: readonly GroupFolder[]): ControlGroup {
  const made: string[] = [];
  try {
    for (const { path, settings } of folders) {
      mkdirSync(path);
      made.push(path);
      for (const { file, value, must } of settings) set(join(path, file), value, must);
    }
  } catch (error) {
    for (const path of made) rmdirSync(path);
    throw error;
  }
  const entries = folders.map(({ path, entry }) => join(path, entry));
  const events = folders.flatMap(({ path, events }) => (events ? [join(path, events)] : []));
  let known = false;
  const hasRunOut = () => {
    known ||= events.some((file) => Number(/^oom_kill (\d+)$/m.exec(read(file))?.[1]) > 0);
    return known;
  };
  return {
    prefix: ["sh", "-c", ENTER, "enter", String(entries.length), ...entries],
    hasRunOut,
    async remove() {
      hasRunOut();
      await Promise.all(made.map(removeFolder));
    },
  };
}

function set(file: string, value: string, must: boolean): void {
  try {
    // Never made: a file that the kernel does not have is a setting that it does not know.
    writeFileSync(file, value, { flag: "r+" });
  } catch (error) {
    if (must) throw error;
  }
}

/** What has just been killed still counts for a moment. */
async function removeFolder(path: string): Promise<void> {
  const deadline = performance.now() + GONE_MILLISECONDS;
  while (!isRemoved(path) && performance.now() < deadline) {
    for (const id of read(join(path, "cgroup.procs"))
      .split("\n")
      .flatMap((line) => Number(line) || []))
      endProcess(id);
    await sleep(2);
  }
}

/** Removes a folder of groups that has no process; false while it has one. */
export function isRemoved(path: string): boolean {
  try {
    rmdirSync(path);
    return true;
  } catch (error) {
    return codeOf(error) === "ENOENT";
  }
}

function endProcess(id: number): void {
  try {
    process.kill(id, "SIGKILL");
  } catch {
    // It has ended meanwhile, which is what was wanted.
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // The group has gone.
    return "";
  }
}
