import { readdirSync, readFileSync } from "node:fs";
import { sendSignal } from "./spawn-execution.ts";

/**
 * Ends sandboxes over this input folder that have lost their program. Bubblewrap's first process waits for ever when the
 * program was killed in the very moment it was being started; it does nothing, but it would stay. Only for whoever holds
 * the run, before it has started anything.
 */
export function endOrphans(inputFolder: string): void {
  // Elsewhere there is no /proc, and no bubblewrap either.
  for (const name of process.platform === "linux" ? readdirSync("/proc") : []) {
    const [command = "", ...words] = commandLine(name);
    if (command.endsWith("bwrap") && words.includes(inputFolder))
      sendSignal(Number(name), "SIGKILL");
  }
}

function commandLine(name: string): string[] {
  try {
    return readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0");
  } catch {
    // It has ended meanwhile, or is no process.
    return [];
  }
}
