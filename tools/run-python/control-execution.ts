import { type FileHandle, open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { Run } from "../../src/core/candidate.ts";
import type { Clock } from "../../src/core/ports.ts";
import { onceElapsed } from "../awake-clock.ts";
import { CapturedOutput } from "./captured-output.ts";
import type { Execution } from "./executor.ts";
import { type Allowance, watchResources } from "./watch-resources.ts";

export interface Control {
  seconds: number;
  workFolder: string;
  allowance: Allowance;
  stdoutFile: string;
  stderrFile: string;
  signal?: AbortSignal | undefined;
  /** The time limit is by it; by default that of the process, which may count sleep. */
  clock?: Clock | undefined;
  mostOutputBytes?: number;
  graceMilliseconds?: number;
}

/** Why a running script was stopped. */
type StopReason = Exclude<Run["outcome"], "ok" | "error">;

export interface Ended {
  /** Null when the script ended by itself. */
  stopped: StopReason | null;
  exitCode: number;
  stdout: string;
  stderr: string;
  seconds: number;
}

const MOST_OUTPUT_BYTES = 64 * 2 ** 20;
const GRACE_MILLISECONDS = 2000;
const DRAIN_MILLISECONDS = 500;

/**
 * Follows a running script to its end: its output into files and memory, within bounds; stopped at its time limit and by
 * the signal, first asked and then forced, and at once when it prints or takes too much. A process that keeps the pipe
 * open holds nobody up.
 */
export async function controlExecution(execution: Execution, control: Control): Promise<Ended> {
  const { signal, mostOutputBytes = MOST_OUTPUT_BYTES } = control;
  const clock = control.clock ?? (() => performance.now());
  const started = clock();
  let stopped: StopReason | null = null;
  let left = mostOutputBytes;
  const timers: NodeJS.Timeout[] = [];
  const stop = (reason: StopReason, force = false) => {
    if (stopped !== null) return;
    stopped = reason;
    execution.stop(force);
    const grace = control.graceMilliseconds ?? GRACE_MILLISECONDS;
    if (!force) timers.push(setTimeout(() => execution.stop(true), grace));
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
  const unlimit = onceElapsed(control.seconds * 1000, clock, () => stop("timeout"));
  const { workFolder, allowance } = control;
  const unwatch = watchResources(execution.processId, workFolder, allowance, (of) =>
    stop(of, true),
  );

  const stdout = new CapturedOutput();
  const stderr = new CapturedOutput();
  const copies = Promise.all([
    copy(execution.stdout, control.stdoutFile, stdout, take),
    copy(execution.stderr, control.stderrFile, stderr, take),
  ]);
  try {
    const { exitCode } = await Promise.race([execution.ended, failureOf(copies)]);
    const seconds = (clock() - started) / 1000;
    const drained = await Promise.race([copies, sleep(DRAIN_MILLISECONDS, null)]);
    if (drained === null)
      for (const stream of [execution.stdout, execution.stderr]) stream.destroy();
    await copies;
    return { stopped, exitCode, stdout: stdout.text(), stderr: stderr.text(), seconds };
  } catch (error) {
    execution.stop(true);
    throw error;
  } finally {
    unwatch();
    unlimit();
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
  captured: CapturedOutput,
  take: (bytes: Buffer) => Buffer,
): Promise<void> {
  const handle = await open(file, "w");
  try {
    await copyBytes(stream, handle, captured, take);
  } finally {
    await handle.close();
  }
}

async function copyBytes(
  stream: Readable,
  handle: FileHandle,
  captured: CapturedOutput,
  take: (bytes: Buffer) => Buffer,
): Promise<void> {
  try {
    for await (const bytes of stream) {
      const part = take(bytes);
      captured.push(part);
      if (part.length > 0) await handle.write(part);
    }
  } catch (error) {
    // The stream was closed under it because something else still holds the pipe.
    if (!(error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE"))
      throw error;
  }
}
