import { dirname } from "node:path";
import { Command } from "@langchain/langgraph";
import { InterruptedError, ModelUnavailableError, NoSolutionError } from "../core/errors.ts";
import { command } from "../core/words/command.ts";
import type { RunRecord } from "../record/run-record.ts";
import type { Beginning } from "../report/inspection.ts";
import { type Admitted, admitRun, type NewRun } from "./admission.ts";
import { inputOf } from "./graphs-by-name.ts";
import { beginningOf } from "./inspect.ts";
import { type Around, type OpenRun, openRun, type RunResult } from "./open-run.ts";
import {
  type AskPerson,
  answersById,
  pendingIn,
  UnansweredError,
  writeQuestions,
} from "./pending.ts";
import { type Anew, takeUp } from "./resumption.ts";

export type { NewRun } from "./admission.ts";
export type { RunResult } from "./open-run.ts";

export interface Surroundings extends Around {
  runsFolder: string;
  /** What a new run understood of its task, before anything is spent. */
  onUnderstood?: ((seen: Beginning) => void) | undefined;
  /** Answers what the run asks for review; without it such a run stops until it is resumed with answers. */
  ask?: AskPerson | undefined;
}

/** Runs a task from start to finish. Nothing is left behind when the task or a setting is refused. */
export async function startRun(run: NewRun, around: Surroundings): Promise<RunResult> {
  const admitted = await admitRun(run, around);
  const { record, reading, fitted } = admitted;
  const choice = { ...record.choice, model: record.model };
  if (around.onUnderstood !== undefined)
    around.onUnderstood(await beginningOf(reading, { ...record, ...fitted, choice }, null));
  return carryOut(admitted, around);
}

/**
 * Goes on with a run where it was; a finished run's result is told again. With more room than a cap had left it, or another
 * review or patience, the graph begins anew over all that is done, and goes on where it was cut.
 */
export async function resumeRun(
  runId: string,
  around: Surroundings,
  anew: Anew = {},
): Promise<RunResult> {
  return carryOut(await takeUp(runId, around, anew), around);
}

async function carryOut(admitted: Admitted, around: Surroundings): Promise<RunResult> {
  const run = await openRun(admitted, around);
  const { runId } = admitted.record;
  try {
    await drive(run, admitted.record, around);
    const result = run.result();
    if (result === null) throw new NoSolutionError(`run ${runId}: it ended without a result`);
    return result;
  } catch (failure) {
    const error = run.failed(failure, around.signal);
    if (around.signal?.aborted === true)
      throw new InterruptedError(
        `run ${runId}: interrupted; go on with "${command(`resume ${runId}`, admitted.runsFolder)}"`,
        { cause: error },
      );
    throw error instanceof ModelUnavailableError
      ? resumable(error, runId, admitted.runsFolder)
      : error;
  } finally {
    await run.close();
  }
}

const resumable = (error: ModelUnavailableError, runId: string, runsFolder: string) =>
  new ModelUnavailableError(
    `${error.message} Nothing that was done is lost: once the model answers, go on with "${command(`resume ${runId}`, runsFolder)}".`,
    { cause: error },
  );

/** Runs the graph from where it is to its end, with a person's answers wherever it asks. */
async function drive(
  run: OpenRun,
  record: RunRecord,
  { signal, ask }: Surroundings,
): Promise<void> {
  const { graph, runFolder } = run;
  const config = run.config(signal);
  const { createdAt, next } = await graph.getState(config);
  let begun = createdAt !== undefined;
  // It was to begin anew, and was killed before it did.
  if (begun && next.length === 0 && run.result() === null) {
    await run.forgetSteps();
    begun = false;
  }
  let pending = pendingIn(await graph.invoke(begun ? null : inputOf(record), config));
  while (pending.length > 0) {
    writeQuestions(runFolder, pending);
    const answers = ask === undefined ? null : await ask(pending, signal);
    if (answers === null) throw new UnansweredError(record.runId, pending, dirname(runFolder));
    const resume = answersById(pending, answers);
    pending = pendingIn(await graph.invoke(new Command({ resume }), config));
  }
}
