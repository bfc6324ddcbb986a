import { readFileSync } from "node:fs";
import { z } from "zod";
import { codeOf } from "../core/errors.ts";

/** A process, told apart from a later one that got the same number. */
export const ProcessIdentity = z.object({ pid: z.number(), started: z.string() });
export type ProcessIdentity = z.infer<typeof ProcessIdentity>;

/** The process that asks. */
export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, started: startOf(process.pid) };
}

/** Whether that very process still runs. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
  return isThere(pid) && startOf(pid) === started;
}

/** Whether there is a process of that number, this user's or another's. */
export function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
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
