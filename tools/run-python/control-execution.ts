import { open, readFile } from "node:fs/promises";
import type { Readable } from "node:stream";
import { codeOf } from "../../src/core/errors.ts";
import type { Clock } from "../../src/core/ports.ts";
import { onceElapsed } from "../machine/awake-clock.ts";
import type { Execution } from "./sandbox/executor.ts";
import { shownOutput } from "./shown-output.ts";
import type { TimeLimit } from "./time-limit.ts";
import { type Allowance, watchResources } from "./watch-resources.ts";

export interface Control {
  limit: TimeLimit;
  workFolder: string;
  allowance: Allowance;
  stdoutFile: string;
  stderrFile: string;
  signal?: AbortSignal | undefined;
  /** The limit of wall-clock time is by it; by default that of the process, which may count sleep. */
  clock?: Clock | undefined;
}

/** Why a running script was stopped: `cpu`, `wall` and `left` for its limits of time. */
export type StopReason =
  | "cpu"
  | "wall"
  | "left"
  | "memory"
  | "output-limit"
  | "disk-limit"
  | "aborted";

export interface Ended {
  /** Null when the script ended by itself. */
  stopped: StopReason | null;
  exitCode: number;
  stdout: string;
  stderr: string;
  seconds: number;
  /** Null where the system does not tell. */
  cpuSeconds: number | null;
  /** Of its seconds, those in which it waited for a core. */
  starvedSeconds: number;
}

const OF_TIME: ReadonlySet<StopReason> = new Set(["cpu", "wall", "left"]);

const MOST_OUTPUT_BYTES = 64 * 2 ** 20;
const GRACE_MILLISECONDS = 2000;
const TELL_MILLISECONDS = 500;
const DRAIN_MILLISECONDS = 500;

/**
 * Follows a running script to its end: its output into files, within bounds; stopped at its limits of time, after it has
 * said where it is, and by the signal, first asked and then forced, and at once when it prints or takes too much. A process
 * that keeps the pipe open holds nobody up.
 */
export async function controlExecution(execution: Execution, control: Control): Promise<Ended> {
  const { signal } = control;
  const clock = control.clock ?? (() => performance.now());
  const started = clock();
  let stopped: StopReason | null = null;
  let left = MOST_OUTPUT_BYTES;
  const timers: NodeJS.Timeout[] = [];
  const stop = (reason: StopReason, force = false) => {
    if (stopped !== null) return;
    stopped = reason;
    const end = () => {
      execution.stop(force);
      if (!force) timers.push(setTimeout(() => execution.stop(true), GRACE_MILLISECONDS));
    };
    if (!OF_TIME.has(reason)) return end();
    execution.tellWhere();
    timers.push(setTimeout(end, TELL_MILLISECONDS));
  };
  const take = (bytes: Buffer) => {
    const part = bytes.subarray(0, Math.max(left, 0));
    left -= bytes.length;
    if (left < 0) stop("output-limit", true);
    return part;
  };
  const onAbort = () => stop("aborted");
  signal?.addEventListener("abort", onAbort, { once: true });
  if (signal?.aborted) onAbort();
  const { workFolder, allowance, limit } = control;
  const watch = watchResources(execution, workFolder, allowance, (of) => stop(of, of !== "cpu"));
  // A script that could work and has no core to do so does not hang.
  const unstarved = () => clock() - watch.starvedSeconds() * 1000;
  const limits = [
    onceElapsed(limit.wallSeconds * 1000, unstarved, () => stop("wall")),
    onceElapsed(limit.leftSeconds * 1000, clock, () => stop("left")),
  ];

  const { stdoutFile, stderrFile } = control;
  const copies = Promise.all([
    copy(execution.stdout, stdoutFile, take),
    copy(execution.stderr, stderrFile, take),
  ]);
  try {
    const { exitCode } = await Promise.race([execution.ended, failureOf(copies)]);
    const seconds = (clock() - started) / 1000;
    if (exitCode !== 0) stopped ??= watch.heldTo();
    const drain = setTimeout(() => {
      for (const stream of [execution.stdout, execution.stderr]) stream.destroy();
    }, DRAIN_MILLISECONDS);
    await copies.finally(() => clearTimeout(drain));
    const [stdout, stderr] = await Promise.all([readFile(stdoutFile), readFile(stderrFile)]);
    const shown = { stdout: shownOutput(stdout), stderr: shownOutput(stderr) };
    const took = { cpuSeconds: watch.cpuSeconds(), starvedSeconds: watch.starvedSeconds() };
    return { stopped, exitCode, ...shown, seconds, ...took };
  } catch (error) {
    execution.stop(true);
    throw error;
  } finally {
    watch.end();
    for (const unlimit of limits) unlimit();
    for (const timer of timers) clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

/** Rejects when the work does, and never settles otherwise. */
function failureOf(work: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => {
    work.catch(reject);
  });
}

async function copy(
  stream: Readable,
  file: string,
  take: (bytes: Buffer) => Buffer,
): Promise<void> {
  const handle = await open(file, "w");
  try {
    for await (const bytes of stream) {
      const part = take(bytes);
      if (part.length > 0) await handle.write(part);
    }
  } catch (error) {
    // The stream was closed under it because something else still holds the pipe.
    if (codeOf(error) !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  } finally {
    await handle.close();
  }
}
