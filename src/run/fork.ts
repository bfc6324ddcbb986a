import { join, resolve } from "node:path";
import { SettingsError } from "../core/errors.ts";
import { isBuiltIn, type ModelChoice, switchModel } from "../core/model-choice.ts";
import { readEvents } from "../record/event-log.ts";
import { type Change, forkFolder } from "../record/fork-folder.ts";
import { checkNewRun, createRun, type RunRecord } from "../record/run-record.ts";
import { checkpointsAt, newRunId, readmitRun } from "./admission.ts";
import { checkModel } from "./choose-model.ts";
import { type RunResult, resumeRun, type Surroundings } from "./run.ts";
import { VERSION } from "./version.ts";

export interface Fork {
  runId: string;
  /** The attempt or step at which the fork does otherwise. */
  from: string;
  change: Change;
  /** Address of the new model's server, where it is not the usual one. */
  baseUrl?: string | undefined;
  /** The fork's own id. */
  newRunId?: string | undefined;
}

/** Starts a run that shares all of another up to one step, and does that step otherwise. */
export async function forkRun(fork: Fork, around: Surroundings): Promise<RunResult> {
  const { runId, from, change } = fork;
  const { record, reading, runsFolder } = await readmitRun(runId, resolve(around.runsFolder));
  const createdAt = new Date().toISOString();
  const { model, ...choice } = choiceOf(record, fork);
  checkModel({ ...choice, model }, reading.draft, around.environment);
  if ("plan" in change && isBuiltIn({ ...choice, model }))
    throw new SettingsError(
      `fork --plan: the built-in engineer of run ${runId} follows only plans of its own making; give the script itself with --script FILE, or fork with --model provider:name first and that fork with --plan`,
    );
  const id = fork.newRunId ?? newRunId(record.task.name, createdAt);
  checkNewRun(runsFolder, id);
  const origin = { runId, from, change: inWords(change), checkpoint: null };
  const forked = {
    ...record,
    runId: id,
    createdAt,
    version: VERSION,
    model,
    choice,
    fork: origin,
    checkpoints: record.checkpoints && checkpointsAt(record.checkpoints.url, id),
    thread: null,
  };
  const source = join(runsFolder, runId);
  createRun(runsFolder, forked, (folder) => {
    forkFolder(source, folder, readEvents(join(source, "scratchpad.jsonl")), from, change);
  });
  around.onNotice(`${id}: a fork of ${runId} from ${from}, with ${origin.change}`);
  return resumeRun(id, around);
}

/** Who answers in the fork; a recording is of one run alone. */
function choiceOf({ model: before, choice }: RunRecord, { change, baseUrl }: Fork): ModelChoice {
  const own = { ...choice, model: before };
  if (!("model" in change)) return own;
  return switchModel(own, { model: change.model, replay: null, ...(baseUrl && { baseUrl }) });
}

function inWords(change: Change): string {
  if ("plan" in change) return `another plan: ${change.plan}`;
  return "model" in change ? `another model: ${change.model}` : "another script";
}
