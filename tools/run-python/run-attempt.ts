import type { Run, SubmissionCheck } from "../../src/core/candidate.ts";
import type { Clock, RunPurpose, RunRequest } from "../../src/core/ports.ts";
import { type Attempt, attemptFiles, prepareAttempt } from "./attempt-folder.ts";
import { collectOutput } from "./collect-output.ts";
import { controlExecution, type Ended } from "./control-execution.ts";
import { describeEnd, type Limits } from "./describe-end.ts";
import { needSpace } from "./disk-space.ts";
import type { ExecutionSpec } from "./executor.ts";
import type { SlotPlan } from "./plan-slots.ts";
import { scriptEnvironment } from "./script-environment.ts";
import { placeScript, removeWorkFolder } from "./work-folder.ts";
import type { WorkPlaces } from "./work-places.ts";

/** What all scripts of a run have in common. */
export interface Ground {
  interpreter: string;
  interpreterRoots: readonly string[];
  /** The task's public data, by its real path. */
  inputFolder: string;
  settings: { scriptSeconds: number; maxTrainRows: number; seed: number };
  plan: SlotPlan;
  /** By it scripts are timed and limited. */
  clock?: Clock | undefined;
  checkSubmission: (attemptFolder: string) => Promise<SubmissionCheck | null>;
}

const WORK_FOLDER_FILES = 50_000;

/** How many training rows a script may use; null for the submission, which uses all. */
export function rowCap({ settings }: Ground, purpose: RunPurpose): number | null {
  return purpose === "submission" ? null : settings.maxTrainRows;
}

/** What a script in the slot is given. */
export function specFor(
  ground: Ground,
  slot: number,
  workFolder: string,
  maxTrainRows: number | null,
): ExecutionSpec {
  const { settings, plan, interpreter, interpreterRoots, inputFolder } = ground;
  const gpu = plan.gpus[slot] ?? null;
  return {
    ...{ interpreter, interpreterRoots, workFolder, inputFolder, slot, gpu },
    environment: scriptEnvironment({
      cpus: plan.cpusPerSlot,
      gpu: gpu?.id ?? null,
      seed: settings.seed,
      seconds: settings.scriptSeconds,
      maxTrainRows,
    }),
    cores: plan.slots[slot] ?? [],
    seconds: settings.scriptSeconds,
    memoryMb: plan.memoryMbPerSlot,
  };
}

/** A script in its slot: everything that running it needs. */
export interface Task {
  ground: Ground;
  places: WorkPlaces;
  attempt: Attempt;
  request: RunRequest;
  slot: number;
}

/** Runs the script of an attempt to its end, or to its limits, and takes over what it is to leave behind. */
export function runAttempt(task: Task): Promise<Run> {
  return execute(task, rowCap(task.ground, task.request.purpose));
}

/** Runs it on a few rows first, when it is known to take long: an error that any row shows then costs seconds. */
export async function rehearse(task: Task): Promise<Run | null> {
  const { ground } = task;
  const scriptSeconds = Math.min(ground.settings.scriptSeconds, REHEARSAL_SECONDS);
  const short = { ...ground, settings: { ...ground.settings, scriptSeconds } };
  const run = await execute({ ...task, ground: short }, REHEARSAL_ROWS);
  if (run.outcome === "aborted") return run;
  const lastLine = run.stderr.trimEnd().split("\n").at(-1) ?? "";
  if (run.outcome !== "error" || !SHOWN_BY_ANY_ROW.test(lastLine)) return null;
  const note = `This is from a short run on ${REHEARSAL_ROWS} training rows.`;
  return { ...run, stderr: `${note}\n${run.stderr}`, submission: null };
}

const REHEARSAL_ROWS = 2000;
const REHEARSAL_SECONDS = 120;
const SHOWN_BY_ANY_ROW =
  /^(?:Name|Type|Attribute|Import|ModuleNotFound|UnboundLocal|FileNotFound|Key|Index)Error\b/;

async function execute(task: Task, maxTrainRows: number | null): Promise<Run> {
  const { attempt, request, ground } = task;
  await prepareAttempt(attempt, request.script, ground.inputFolder);
  await needSpace(attempt.folder);
  const run = await executeIn(task, maxTrainRows);
  if (!run.ok && run.outcome !== "aborted") await needSpace(attempt.folder);
  return run;
}

async function executeIn(task: Task, maxTrainRows: number | null): Promise<Run> {
  const { ground, places, attempt, request, slot } = task;
  const { workFolder, begin } = await places.take(slot, ground.interpreter);
  try {
    await placeScript(workFolder, request.script);
    const spec = specFor(ground, slot, workFolder, maxTrainRows);
    const { seconds, memoryMb } = spec;
    const { stdout, stderr } = attemptFiles(attempt);
    const ended = await controlExecution(await begin(spec), {
      seconds,
      workFolder,
      allowance: { memoryMb, diskMb: ground.plan.diskMbPerSlot, files: WORK_FOLDER_FILES },
      stdoutFile: stdout,
      stderrFile: stderr,
      signal: request.signal,
      clock: ground.clock,
    });
    const submission = await takeSubmission(ground, attempt, workFolder);
    return asRun(attempt.id, ended, { seconds, memoryMb }, submission);
  } finally {
    await removeWorkFolder(workFolder);
  }
}

async function takeSubmission(
  ground: Ground,
  attempt: Attempt,
  workFolder: string,
): Promise<SubmissionCheck | null> {
  const target = attemptFiles(attempt).submission;
  const taken = await collectOutput(workFolder, ["final", "submission.csv"], target);
  if (taken === "absent") return null;
  if (taken === "taken") return ground.checkSubmission(attempt.folder);
  return { valid: false, problem: `final/submission.csv ${taken.refused}: write a plain file.` };
}

function asRun(id: string, ended: Ended, limits: Limits, submission: SubmissionCheck | null): Run {
  const { outcome, sentence } = describeEnd(ended, limits);
  const { exitCode, stdout, seconds } = ended;
  const stderr =
    sentence === null ? ended.stderr : `${ended.stderr.trimEnd()}\n${sentence}\n`.trimStart();
  return { id, ok: outcome === "ok", outcome, exitCode, stdout, stderr, seconds, submission };
}
