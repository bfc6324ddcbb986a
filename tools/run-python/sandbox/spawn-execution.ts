import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { constants } from "node:os";
import { Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { codeOf, ToolError } from "../../../src/core/errors.ts";
import type { Execution, ExecutionEnd } from "./executor.ts";

export interface SpawnWishes extends Pick<SpawnOptions, "cwd" | "env" | "uid" | "gid"> {
  stop: (processId: number, force: boolean) => void;
  tellWhere: (processId: number) => void;
  /** What the program reads from descriptor 3 on, one each. */
  handed?: readonly Buffer[];
  /** Whether it says something on the descriptor after those. */
  tells?: boolean;
  /** Whether it is told something on its standard input later. */
  listens?: boolean;
}

/** A program that runs as an execution. */
export interface Spawned extends Execution {
  /** All that it said on its own descriptor; empty when it says nothing there. */
  told: Promise<string>;
  /** Its standard input, when it listens there. */
  input: Writable | null;
}

/** Sends a signal to a process, or with a negative number to its group; one that has gone is no error. */
export function sendSignal(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch (error) {
    // EPERM: the group's last member is a zombie of another user.
    if (!["ESRCH", "EPERM"].includes(codeOf(error))) throw error;
  }
}

/** Starts a program in a process group of its own. */
export async function spawnExecution(
  [command = "", ...parameters]: readonly string[],
  { stop, tellWhere, handed = [], tells = false, listens = false, ...options }: SpawnWishes,
): Promise<Spawned> {
  const child = spawn(command, parameters, {
    ...options,
    detached: true,
    stdio: [
      listens ? "pipe" : "ignore",
      "pipe",
      "pipe",
      ...[...handed, ...(tells ? [null] : [])].map(() => "pipe" as const),
    ],
  });
  const ended = endOf(child, command);
  const { pid: processId, stdout, stderr, stdin } = child;
  if (processId === undefined || stdout === null || stderr === null)
    return ended.then(() => {
      throw new ToolError(`${command} could not be started.`);
    });
  // One that ends before it has read what it is told says so by its exit code.
  stdin?.on("error", () => {});
  for (const [index, bytes] of handed.entries()) handOver(child.stdio[3 + index], bytes);
  const teller = child.stdio[3 + handed.length];
  const told = tells && teller instanceof Readable ? text(teller).catch(() => "") : "";
  const stopIt = (force: boolean) => stop(processId, force);
  const verbs = { stop: stopIt, tellWhere: () => tellWhere(processId) };
  const started = { stdout, stderr, processId, ended, ...verbs };
  return { ...started, told: Promise.resolve(told), input: stdin };
}

function endOf(child: ChildProcess, command: string): Promise<ExecutionEnd> {
  return new Promise((resolve, reject) => {
    child.once("error", (error) =>
      reject(new ToolError(`${command} could not be started: ${error.message}`, { cause: error })),
    );
    child.once("exit", (code, signal) => {
      if (child.pid !== undefined) sendSignal(-child.pid, "SIGKILL");
      resolve({ exitCode: code ?? 128 + (signal === null ? 0 : constants.signals[signal]) });
    });
  });
}

function handOver(pipe: ChildProcess["stdio"][number] | undefined, bytes: Buffer): void {
  if (!(pipe instanceof Writable)) return;
  // A program that ends before it has read all says so by its exit code.
  pipe.on("error", () => {});
  pipe.end(bytes);
}
