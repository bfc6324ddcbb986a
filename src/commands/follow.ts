import { readRun } from "../../tools/run-folder/run-record.ts";
import type { AskPerson } from "../pending.ts";
import type { RunResult, Surroundings } from "../run.ts";
import {
  jsonTeller,
  lineTeller,
  liveTeller,
  quietTeller,
  type Teller,
} from "../terminal/tell-run.ts";

export interface OutputFlags {
  runsDir: string;
  json?: boolean;
  quiet?: boolean;
}

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
  const voices = {
    out: (line: string) => console.log(line),
    err: (line: string) => console.error(line),
  };
  if (json === true) return jsonTeller(voices);
  if (quiet === true) return quietTeller(voices);
  if (process.stdout.isTTY !== true || process.env["TERM"] === "dumb") return lineTeller(voices);
  const capsOf = (runId: string) => readRun(runsDir, runId).caps;
  return liveTeller(process.stdout, voices, { capsOf, now: () => Date.now() });
}
