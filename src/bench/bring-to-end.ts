import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, writeSync } from "node:fs";
import { basename, dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { lockState } from "../record/run-lock.ts";
import { isOver, lastWords, readRow } from "./read-row.ts";
import type { Row } from "./row.ts";

/** A run of a benchmark. */
export interface OneRun {
  task: string;
  taskFolder: string;
  seed: number;
  /** The run's folder. */
  run: string;
  /** Gets all that its processes say, one after another. */
  log: string;
}

/** How the program is called, and the file with what every run is asked for. */
export interface Program {
  command: readonly string[];
  settings: string;
}

const LOOK_AGAIN_MS = 300;

/**
 * The row of a run that was brought to its end by a process of its own: begun, gone on with, or only read where it is over.
 * One that still works, left by a benchmark that was killed, is waited for.
 */
export async function bringToEnd(one: OneRun, program: Program, signal: AbortSignal): Promise<Row> {
  for (let killed: string | null = null, tried = false; ; tried = true) {
    while (!signal.aborted && existsSync(one.run) && lockState(one.run) === "held")
      await pause(LOOK_AGAIN_MS);
    const row = readRow(one.run, one, killed ?? lastWords(one.log));
    if (tried || isOver(row) || signal.aborted) return row;
    killed = await carryOut(one, program, signal);
  }
}

/** Runs the program to its end; tells which signal ended it, if one did. */
function carryOut(
  { taskFolder, seed, run, log }: OneRun,
  { command: [node = "", ...program], settings }: Program,
  signal: AbortSignal,
): Promise<string | null> {
  const begins = ["run", taskFolder, "--run-id", basename(run), "--seed", String(seed)];
  const words = existsSync(run) ? ["resume", basename(run)] : [...begins, "--settings", settings];
  words.push("--runs-dir", dirname(run));
  const file = openSync(log, "a");
  writeSync(file, `$ mle-star ${words.join(" ")}\n`);
  // In a group of its own: an interrupt at the terminal reaches it once, from here, and lets it drain.
  const stdio = ["ignore" as const, file, file];
  const child = spawn(node, [...program, ...words], { stdio, detached: true });
  closeSync(file);
  const stop = () => child.kill("SIGTERM");
  signal.addEventListener("abort", stop);
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("exit", (_, ended) => {
      signal.removeEventListener("abort", stop);
      done(ended === null ? null : `its process was ended by ${ended}`);
    });
  });
}
