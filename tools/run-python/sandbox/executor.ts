import type { Readable, Writable } from "node:stream";
import type { Python } from "../../environments/interpreter-roots.ts";

/** One script to run, every choice made: what a back end needs, and no more. */
export interface ExecutionSpec extends Python {
  /** Holds `solution.py` and `final/`; the script's working directory, and all that it may write to. */
  workFolder: string;
  /** The task's public data, which `input` in the work folder points to. */
  inputFolder: string;
  environment: Readonly<Record<string, string>>;
  slot: number;
  cores: readonly number[];
  /** The one device that the script may use. */
  gpu: { index: number; id: string } | null;
  memoryMb: number;
  /** What its work folder may grow to, and so the largest file; a work folder that is the program's own has none. */
  diskMb?: number;
  /** CPU time that one process may use; none is set for 0. */
  cpuSeconds: number;
  /** Whether it is told things on its standard input while it runs. */
  listens?: boolean;
}

export interface ExecutionEnd {
  /** As a shell counts: 128 and the signal's number for a process that a signal ended. */
  exitCode: number;
}

/** A work folder that this program alone still holds once the script has ended. */
export interface HeldFolder {
  path: string;
  /** It is gone then, with all that is in it. */
  letGo(): void;
}

/** A script that is running. */
export interface Execution {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Of one that listens. */
  readonly input?: Writable | null;
  readonly processId: number;
  /** Where it writes, when that is not its spec's work folder. */
  readonly heldFolder?: HeldFolder;
  /** Whether the kernel ended a process of it at its limit of memory; absent where the kernel does not count for it. */
  hasRunOut?(): boolean;
  /** Settles when the script and everything it started are gone; rejects when the back end itself broke. */
  readonly ended: Promise<ExecutionEnd>;
  /** Has the script print the lines that it is at, and end, unless it will not. */
  tellWhere(): void;
  /** Asks the script to end; with `force`, ends it and everything it started. */
  stop(force: boolean): void;
}

/** A Python that has started and imports before there is a script for it; it runs one, in the folder it was made for. */
export interface Spare extends Execution {
  begin(spec: ExecutionSpec): Execution;
  hasEnded(): boolean;
}

/** A way to run one script: limits of time and output, cancelling, the queue and the slots live above it, once. */
export interface Executor {
  readonly name: string;
  /** In words, by which means it holds scripts to what they may take. */
  readonly means: string;
  start(spec: ExecutionSpec): Promise<Execution>;
  /** Makes a spare that imports the modules until its script comes; a back end without this starts every script cold. */
  prepare?(spec: ExecutionSpec, modules: readonly string[]): Promise<Spare>;
}
