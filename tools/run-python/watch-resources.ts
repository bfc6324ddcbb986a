import { statSync } from "node:fs";
import type { Execution } from "./sandbox/executor.ts";
import { openFiles } from "./sandbox/open-files.ts";
import { cpuSeconds, processTree, starvedSeconds } from "./sandbox/process-tree.ts";
import { type DiskAllowance, isFull, isTooMuch } from "./watch-disk.ts";
import { heldBytes, tmpfsBytes } from "./watch-memory.ts";

export interface Allowance extends DiskAllowance {
  /** Of the script and everything it started, together. */
  memoryMb: number;
  cpuSeconds: number;
}

/** What a script took too much of. */
export type Excess = "cpu" | "memory" | "disk-limit";

const LOOK_MILLISECONDS = 100;
const DISK_MILLISECONDS = 1000;

/** A look at what a script takes, again and again. */
export interface Watch {
  /** CPU seconds so far; null where the system does not tell. */
  cpuSeconds(): number | null;
  /** Wall-clock seconds in which it waited for a core. */
  starvedSeconds(): number;
  /** What the kernel held it to, whether a look had seen that or not. */
  heldTo(): "memory" | "disk-limit" | null;
  end(): void;
}

/** Looks again and again how much a running script takes, and says when that is too much. */
export function watchResources(
  execution: Pick<Execution, "processId" | "hasRunOut" | "heldFolder">,
  workFolder: string,
  allowance: Allowance,
  onExcess: (of: Excess) => void,
): Watch {
  const { processId, hasRunOut, heldFolder } = execution;
  const mostBytes = allowance.memoryMb * 2 ** 20;
  // A Python that was kept ready has imported before its script came.
  const ahead = cpuSeconds(processTree(processId));
  let used = 0;
  let starved = 0;
  let waited = 0;
  let lookedAt = performance.now();
  let open = { removedBytes: 0, memoryBytes: 0 };
  const heldTo = () => {
    if (hasRunOut?.()) return "memory";
    return heldFolder !== undefined && isFull(heldFolder.path, allowance) ? "disk-limit" : null;
  };
  const look = setInterval(() => {
    const processes = processTree(processId);
    // It falls where a process ends that nobody waits for: what it used is not forgotten.
    used = Math.max(used, cpuSeconds(processes) - ahead);
    if (used > allowance.cpuSeconds) onExcess("cpu");
    const [before, since] = [waited, lookedAt];
    [waited, lookedAt] = [starvedSeconds(processes), performance.now()];
    starved += Math.min((lookedAt - since) / 1000, Math.max(0, waited - before));
    const held = heldTo();
    if (held !== null) onExcess(held);
    if (hasRunOut !== undefined) return;
    const inFolder = heldFolder === undefined ? 0 : (tmpfsBytes(heldFolder.path) ?? 0);
    if (heldBytes(processes, inFolder + open.memoryBytes, mostBytes) > mostBytes)
      onExcess("memory");
  }, LOOK_MILLISECONDS);
  let looking = false;
  const disk = setInterval(async () => {
    // The kernel holds it to both.
    if (looking || (heldFolder !== undefined && hasRunOut !== undefined)) return;
    looking = true;
    open = openFiles(processTree(processId), statSync(workFolder).dev);
    if (heldFolder === undefined && (await isTooMuch(workFolder, allowance, open.removedBytes)))
      onExcess("disk-limit");
    looking = false;
  }, DISK_MILLISECONDS);
  return {
    cpuSeconds: () => (process.platform === "linux" ? used : null),
    starvedSeconds: () => starved,
    heldTo,
    end: () => {
      clearInterval(look);
      clearInterval(disk);
    },
  };
}
