import { readFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";

/** How the machine is shared among scripts: each slot has cores and memory of its own. */
export interface SlotPlan {
  /** One list of core numbers for each slot; no core is in two. */
  slots: number[][];
  /** One device for each slot, by the same index; empty on a machine without. */
  gpus: Device[];
  cpusPerSlot: number;
  memoryMbPerSlot: number;
  /** What the work folder of a script may grow to. */
  diskMbPerSlot: number;
}

/** A graphics processor, by the driver's number and by its name for good. */
export interface Device {
  index: number;
  id: string;
}

export interface Machine {
  cores: number[];
  memoryMb: number;
  gpus: readonly Device[];
}

const SCRIPT_MEMORY_MB = 2048;
const WORK_FOLDER_MB = 8192;
const MOST_SLOTS = 4;
const CORES_THAT_SPARE_ONE = 8;

/** Cores this process may use, and memory as far as its container lets it. */
export function thisMachine(gpus: readonly Device[] = []): Machine {
  const constrained = process.constrainedMemory();
  const bytes = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return {
    cores: allowedCores().slice(0, availableParallelism()),
    memoryMb: Math.floor(bytes / 2 ** 20),
    gpus,
  };
}

/**
 * Divides the machine into slots of equal, disjoint core lists: two slots up to four cores, then one for two cores, at
 * most four, and never more than memory or devices allow. Large machines keep one core for this program.
 */
export function planSlots(
  machine: Machine = thisMachine(),
  parallel: number = usualSlots(machine),
): SlotPlan {
  const spare = machine.cores.length >= CORES_THAT_SPARE_ONE ? 1 : 0;
  const cores = machine.cores.slice(spare);
  const devices = machine.gpus.length || Number.POSITIVE_INFINITY;
  const count = Math.max(1, Math.min(parallel, cores.length, devices));
  const cpusPerSlot = Math.max(1, Math.floor(cores.length / count));
  return {
    slots: Array.from({ length: count }, (_, slot) =>
      cores.slice(slot * cpusPerSlot, (slot + 1) * cpusPerSlot),
    ),
    cpusPerSlot,
    gpus: machine.gpus.slice(0, count),
    memoryMbPerSlot: Math.floor((machine.memoryMb * 0.8) / count),
    diskMbPerSlot: WORK_FOLDER_MB,
  };
}

function usualSlots({ cores, memoryMb }: Machine): number {
  const byCores = cores.length <= 4 ? 2 : Math.floor(cores.length / 2);
  return Math.max(
    1,
    Math.min(byCores, MOST_SLOTS, Math.floor((memoryMb * 0.8) / SCRIPT_MEMORY_MB)),
  );
}

function allowedCores(): number[] {
  const all = Array.from({ length: availableParallelism() }, (_, core) => core);
  if (process.platform !== "linux") return all;
  const [, list = ""] = /^Cpus_allowed_list:\s*(\S+)/m.exec(readStatus()) ?? [];
  const cores = readCoreList(list);
  return cores.length === 0 ? all : cores;
}

function readStatus(): string {
  try {
    return readFileSync("/proc/self/status", "utf8");
  } catch {
    // Without /proc the count of cores must do.
    return "";
  }
}

/** Reads the kernel's form of a core list: `0-3,8`. */
export function readCoreList(list: string): number[] {
  return list.split(",").flatMap((range) => {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(range) ?? [];
    if (first === undefined) return [];
    const start = Number(first);
    return Array.from({ length: Number(last) - start + 1 }, (_, offset) => start + offset);
  });
}
