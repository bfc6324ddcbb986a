import { join, resolve } from "node:path";
import { type Change, forkFolder } from "../tools/run-folder/fork-folder.ts";
import { checkNewRun, createRun } from "../tools/run-folder/run-record.ts";
import { newRunId, readmitRun } from "./admission.ts";
import { checkModel } from "./choose-model.ts";
import { runEvents } from "./report/read-evidence.ts";
import { type RunResult, resumeRun, type Surroundings } from "./run.ts";
import { VERSION } from "./version.ts";

export interface Fork {
  runId: string;
  /** The attempt or step at which the fork does otherwise. */
  from: string;
  change: Change;
  /** The fork's own id. */
  newRunId?: string | undefined;
}

/** Starts a run that shares all of another up to one step, and does that step otherwise. */
export async function forkRun(fork: Fork, around: Surroundings): Promise<RunResult> {
  const { runId, from, change } = fork;
  const { record, reading, runsFolder } = await readmitRun(runId, resolve(around.runsFolder));
  const createdAt = new Date().toISOString();
  const model = "model" in change ? change.model : record.model;
  checkModel({ ...record.choice, model }, reading.draft, around.environment);
  const id = fork.newRunId ?? newRunId(record.task.name, createdAt);
  checkNewRun(runsFolder, id);
  const origin = { runId, from, change: inWords(change) };
  const forked = {
    ...record,
    runId: id,
    createdAt,
    version: VERSION,
    model,
    fork: origin,
    totals: undefined,
  };
  const source = join(runsFolder, runId);
  createRun(runsFolder, forked, (folder) => {
    forkFolder(source, folder, runEvents(source), from, change);
  });
  around.onNotice(`${id}: a fork of ${runId} from ${from}, with ${origin.change}`);
  return resumeRun(id, around);
}

function inWords(change: Change): string {
  if ("plan" in change) return `another plan: ${change.plan}`;
  return "model" in change ? `another model: ${change.model}` : "another script";
}
