import { readdirSync, readFileSync } from "node:fs";
import { sendSignal } from "./spawn-execution.ts";

/**
 * Ends sandboxes over this input folder that have lost their program. Bubblewrap's first process waits for ever when the
 * program was killed in the very moment it was being started; it does nothing, but it would stay. Only for whoever holds
 * the run, before it has started anything.
 */
export function endOrphans(inputFolder: string): void {
  for (const processId of processes()) {
    const [command = "", ...words] = commandLine(processId);
    if (command.endsWith("bwrap") && words.includes(inputFolder)) sendSignal(processId, "SIGKILL");
  }
}

function processes(): number[] {
  try {
    return readdirSync("/proc").flatMap((name) => Number(name) || []);
  } catch {
    // This system has no /proc, and no bubblewrap either.
    return [];
  }
}

function commandLine(processId: number): string[] {
  try {
    return readFileSync(`/proc/${processId}/cmdline`, "utf8").split("\0");
  } catch {
    // It has ended meanwhile.
    return [];
  }
}
