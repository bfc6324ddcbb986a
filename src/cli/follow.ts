import type { Command } from "commander";
import { withoutSecrets } from "../core/words/redact.ts";
import { readRun } from "../record/run-record.ts";
import type { AskPerson } from "../run/pending.ts";
import type { RunResult, Surroundings } from "../run/run.ts";
import { jsonTeller, lineTeller, quietTeller, type Teller } from "./display/tell-run.ts";

/** The flag for the folder of runs. */
export const RUNS_DIR = ["--runs-dir <folder>", "where runs are kept", "runs"] as const;

/** A command over one run of the folder. */
export const overRun = (program: Command, name: string, description: string): Command =>
  program
    .command(name)
    .description(description)
    .argument("<run-id>")
    .option(...RUNS_DIR);

export interface OutputFlags {
  runsDir: string;
  json?: boolean;
  quiet?: boolean;
}

/** Gives a command that carries a run out the flags that say where, and how it is told. */
export const addOutputFlags = (command: Command): Command =>
  command
    .option(...RUNS_DIR)
    .option("--quiet", "nothing but the result")
    .option("--json", "events as lines of JSON on standard output, the result last");

/** Carries a run out before the user's eyes; the first interrupt drains it, a second ends the program at once. */
export async function follow(
  flags: OutputFlags,
  ask: AskPerson | undefined,
  carryOut: (around: Surroundings) => Promise<RunResult>,
): Promise<void> {
  const teller = tellerFor(flags);
  const aborter = new AbortController();
  const interrupt = () => {
    if (aborter.signal.aborted) {
      teller.end();
      process.exit(130);
    }
    teller.notice("Stopping: running scripts are ended. Once more to leave at once.");
    aborter.abort(new Error("interrupted"));
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  try {
    const result = await carryOut({
      runsFolder: flags.runsDir,
      environment: process.env,
      signal: aborter.signal,
      onNotice: teller.notice,
      onUnderstood: teller.understood,
      onHistory: teller.history,
      onEvent: teller.event,
      ask: ask && ((questions, signal) => teller.aside(() => ask(questions, signal))),
    });
    teller.end();
    teller.result(result);
  } finally {
    teller.end();
    // After a first interrupt the second is to end the program as one, however late it comes.
    if (!aborter.signal.aborted) process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

function tellerFor({ json, quiet, runsDir }: OutputFlags): Teller {
  const out = (line: string) => console.log(line);
  const clean = withoutSecrets(process.env);
  const err = (line: string) => console.error(clean(line));
  if (json === true) return jsonTeller({ out, err });
  if (quiet === true) return quietTeller({ out }, runsDir);
  const { stdout: stream } = process;
  const isTerminal = stream.isTTY === true && process.env["TERM"] !== "dumb";
  const planOf = (runId: string) => readRun(runsDir, runId);
  return lineTeller({ out, err }, isTerminal ? { stream, now: () => Date.now() } : null, {
    folder: runsDir,
    planOf,
  });
}
