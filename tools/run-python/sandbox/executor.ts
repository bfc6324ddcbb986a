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
  seconds: number;
  /** Whether it is told things on its standard input while it runs. */
  listens?: boolean;
}

export interface ExecutionEnd {
  /** As a shell counts: 128 and the signal's number for a process that a signal ended. */
  exitCode: number;
}

/** A script that is running. */
export interface Execution {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Of one that listens. */
  readonly input?: Writable | null;
  readonly processId: number;
  /** Settles when the script and everything it started are gone; rejects when the back end itself broke. */
  readonly ended: Promise<ExecutionEnd>;
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
  start(spec: ExecutionSpec): Promise<Execution>;
  /** Makes a spare that imports the modules until its script comes; a back end without this starts every script cold. */
  prepare?(spec: ExecutionSpec, modules: readonly string[]): Promise<Spare>;
}
