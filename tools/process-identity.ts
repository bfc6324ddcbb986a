import { readFileSync } from "node:fs";
import { z } from "zod";

/** A process, told apart from a later one that got the same number. */
export const ProcessIdentity = z.object({ pid: z.number(), started: z.string() });
export type ProcessIdentity = z.infer<typeof ProcessIdentity>;

/** The process that asks. */
export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, started: startOf(process.pid) };
}

/** Whether that very process still runs. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
  }
  return startOf(pid) === started;
}

/** Whether the process was told to pause, as by Ctrl-Z. */
export function isPaused(pid: number): boolean {
  return stateOf(pid)[0] === "T";
}

/** When the kernel started the process; empty where it does not say, or when it only waits to be buried. */
function startOf(pid: number): string {
  const fields = stateOf(pid);
  return fields[0] === "Z" ? "" : (fields[19] ?? "");
}

/** The kernel's line about a process after its name: state first; empty where there is none. */
function stateOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
  } catch {
    return [];
  }
}
