import type { RunState } from "./history.ts";
import { lockState } from "./run-lock.ts";

/** A state as the run's folder tells it: what has not ended is running while a process holds it, else it was interrupted. */
export function liveState(
  state: RunState,
  runFolder: string,
): Exclude<RunState, "unfinished"> | "running" {
  if (state !== "unfinished") return state;
  return lockState(runFolder) === "held" ? "running" : "interrupted";
}
