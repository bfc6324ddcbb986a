import { readdirSync, readFileSync, readlinkSync, type Stats, statSync } from "node:fs";

const BLOCK_BYTES = 512;

/** What processes hold open that no folder shows. */
export interface OpenFiles {
  /** Blocks of files that were removed, or never had a name, on the device. */
  removedBytes: number;
  /** Files that never had a place at all, in memory. */
  memoryBytes: number;
}

/**
 * Looks through what the processes have open or mapped. Of a file that is mapped alone only the length is seen, and one
 * that is on its way between processes is not seen at all.
 */
export function openFiles(processes: readonly number[], device: number): OpenFiles {
  const removed = new Map<number, number>();
  const memory = new Map<number, number>();
  for (const id of processes) {
    for (const name of namesIn(`/proc/${id}/fd`)) {
      const path = `/proc/${id}/fd/${name}`;
      const state = stateOf(path);
      if (!state?.isFile() || state.nlink !== 0) continue;
      const bytes = state.blocks * BLOCK_BYTES;
      if (state.dev === device) removed.set(state.ino, bytes);
      else if (linkOf(path).startsWith("/memfd:")) memory.set(state.ino, bytes);
    }
    for (const { inode, bytes } of removedMaps(id, device))
      if (!removed.has(inode)) removed.set(inode, bytes);
  }
  return { removedBytes: sum(removed), memoryBytes: sum(memory) };
}

const MAP = /^([0-9a-f]+)-([0-9a-f]+) \S+ ([0-9a-f]+) ([0-9a-f]+):([0-9a-f]+) (\d+) .*\(deleted\)$/;

function removedMaps(id: number, device: number): { inode: number; bytes: number }[] {
  return textOf(`/proc/${id}/maps`)
    .split("\n")
    .flatMap((line) => {
      const [, start, end, offset, major, minor, inode] = MAP.exec(line) ?? [];
      if (deviceNumber(major, minor) !== device) return [];
      const [from, to, skipped] = [start, end, offset].map((digits) => Number(`0x${digits}`));
      return [{ inode: Number(inode), bytes: (to ?? 0) - (from ?? 0) + (skipped ?? 0) }];
    });
}

/** As the C library packs the two; what is no number never equals a device. */
function deviceNumber(major: string | undefined, minor: string | undefined): number {
  const [high, low] = [Number(`0x${major}`), Number(`0x${minor}`)];
  return (high & 0xfff) * 256 + (low & 0xff) + (low >>> 8) * 2 ** 20;
}

const sum = (sizes: Map<number, number>) => [...sizes.values()].reduce((all, one) => all + one, 0);

// Whatever these look at may end meanwhile.
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function stateOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
